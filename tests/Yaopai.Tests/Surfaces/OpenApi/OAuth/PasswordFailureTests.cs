using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

/// <summary>Whom failures count against when an app signs its people in.</summary>
public sealed class PasswordFailureTests(PasswordFailureTests.Narrow fixture) : IClassFixture<PasswordFailureTests.Narrow>
{
    public sealed class Narrow : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("SignIn:FailuresPerAddress", "2"), ("SignIn:FailuresPerApp", "4")];
    }

    [Fact]
    public async Task M5_failures_count_for_the_app_and_not_for_the_address_of_its_server()
    {
        var demo = new OAuthCaller(fixture.Server);
        for (var guess = 0; guess < 3; guess++)
            await (await SignInAsync(demo, $"nobody{guess}", "wrong")).ShouldRefuseAsync(E.ClientAuthenticationFailed);
        await (await SignInAsync(demo, "mainland", DemoData.Password)).ShouldGiveAsync();

        await (await SignInAsync(demo, "nobody3", "wrong")).ShouldRefuseAsync(E.ClientAuthenticationFailed);
        await (await SignInAsync(demo, "mainland", DemoData.Password)).ShouldRefuseAsync(E.AccessDenied);
        var other = new OAuthCaller(fixture.Server, await fixture.Server.NewAppAsync());
        await (await SignInAsync(other, "mainland", DemoData.Password)).ShouldGiveAsync();
    }

    private static Task<HttpResponseMessage> SignInAsync(OAuthCaller caller, string user, string password) =>
        caller.TokenAsync("password", ("username", user), ("password", password));
}
