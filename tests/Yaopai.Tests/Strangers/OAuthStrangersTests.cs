namespace Yaopai.Tests.Strangers;

/// <summary>OAuth and OpenID Connect libraries of npm sign a person in, unchanged, from the redirect to the refresh.</summary>
public sealed class OAuthStrangersTests(StrangersServer fixture) : IClassFixture<StrangersServer>
{
    [Theory]
    [InlineData("openid-client.mjs")]
    [InlineData("jose.mjs")]
    public Task FC_54_an_OpenID_library_signs_a_person_in(string program) => RunAsync(program);

    [Theory]
    [InlineData("oauth4webapi.mjs")]
    [InlineData("simple-oauth2.mjs")]
    [InlineData("passport-oauth2.mjs")]
    [InlineData("grant.mjs", "/connect/yaopai/callback", "/connect/headers/callback")]
    public Task FC_55_an_OAuth_library_signs_a_person_in_as_it_comes(string program, params string[] paths) => RunAsync(program, paths);

    /// <summary>What it should refuse and accepts is in the table too, which <c>docs/sandbox.md</c> repeats.</summary>
    [Fact]
    public Task An_OpenID_library_says_of_each_way_of_misbehaving_what_the_table_has() => RunAsync("issuer.mjs");

    private async Task RunAsync(string program, params string[] paths)
    {
        var app = await fixture.NewAppAsync(paths);

        await Stranger.RunAsync(program, fixture.Origin, $"{app.ClientId}", app.ClientSecret);
    }
}
