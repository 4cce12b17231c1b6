using Yaopai.Tests.Http;
using O = Yaopai.Errors.WeLinkErrors.OAuth;
using R = Yaopai.Errors.WeLinkErrors.Registration;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

public sealed class RegisterAppTests(SharedServer shared)
{
    private const string Path = "/api/oauth2/v1/register";

    private readonly WeLinkCaller _caller = new(shared.Server);

    /// <summary>One mistake in a request that is otherwise good. Null leaves the member out.</summary>
    public static TheoryData<string, object?, string> Mistakes { get; } = new()
    {
        { "appName",     null,                                   "ParameterMissing" },
        { "appName",     "",                                     "ParameterMissing" },
        { "appName",     "   ",                                  "ParameterMissing" },
        { "appName",     new[] { "a" },                          "ParameterMissing" },
        { "homePageUrl", null,                                   "ParameterMissing" },
        { "homePageUrl", "",                                     "ParameterMissing" },
        { "redirectUrl", null,                                   "ParameterMissing" },
        { "redirectUrl", "",                                     "ParameterMissing" },
        { "appName",     new string('a', 65),                    "ParameterMalformed" },
        { "appName",     "a\nb",                                 "ParameterMalformed" },
        { "homePageUrl", "app.example",                          "HomePageUrlMalformed" },
        { "homePageUrl", "ftp://app.example",                    "HomePageUrlMalformed" },
        { "homePageUrl", "javascript:alert(1)",                  "HomePageUrlMalformed" },
        { "homePageUrl", 5,                                      "HomePageUrlMalformed" },
        { "redirectUrl", "/callback",                            "RedirectUrlMalformed" },
        { "redirectUrl", "https://app.example/callback?a=b",     "RedirectUrlMalformed" },
        { "redirectUrl", "https://app.example/callback#a",       "RedirectUrlMalformed" },
        { "redirectUrl", "https://a.example/" + new string('a', 2048), "RedirectUrlMalformed" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string member, object? value, string expected)
    {
        var body = Good();
        body[member] = value;

        await (await _caller.PostAsync(Path, body.Where(one => one.Value is not null).ToDictionary()))
            .ShouldBeAsync(WeLinkCaller.Named($"Registration.{expected}"));
    }

    [Fact]
    public async Task What_is_no_JSON_object_is_malformed() =>
        await (await _caller.PostAsync(Path, "[]")).ShouldBeAsync(R.ParameterMalformed);

    [Fact]
    public async Task An_app_registers_itself_and_gets_a_token()
    {
        var json = await (await _caller.PostAsync(Path, Good())).ShouldServeWeLinkAsync(O.Ok);

        await (await _caller.TicketAsync(
            ("client_id", json.GetProperty("client_id").GetString()), ("client_secret", json.GetProperty("client_secret").GetString())))
            .ShouldServeWeLinkAsync();
    }

    [Fact]
    public async Task Of_ten_that_register_one_name_one_gets_it()
    {
        var body = Good();

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _caller.PostAsync(Path, body)));

        var codes = await Task.WhenAll(answers.Select(async answer => (await answer.JsonAsync()).GetProperty("code").GetString()));
        Assert.Equal([O.Ok.Code, .. Enumerable.Repeat(R.AppNameTaken.Code, 9)], codes.Order());
        await (await _caller.PostAsync(Path, body)).ShouldBeAsync(R.AppNameTaken);
    }

    internal static Dictionary<string, object?> Good() => new()
    {
        ["appName"] = $"app {Guid.NewGuid():n}",
        ["homePageUrl"] = "https://app.example/",
        ["redirectUrl"] = "https://app.example/callback",
    };
}

/// <summary>Outside Development, where somebody may listen in on the way to an app.</summary>
public sealed class RegisterAppInProductionTests(RegisterAppInProductionTests.Production fixture)
    : IClassFixture<RegisterAppInProductionTests.Production>
{
    public sealed class Production : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("environment", "Production"), ("Admin:Key", "0123456789abcdef"), ("Sandbox:Enabled", "true")];
    }

    [Theory]
    [InlineData("http://192.168.1.20:3000/callback", false)]
    [InlineData("http://web:3000/callback", false)]
    [InlineData("http://127.0.0.1/callback", true)]
    [InlineData("http://app.localhost/callback", true)]
    public async Task FC_16_codes_go_in_the_clear_to_loopback_alone(string redirect, bool isTaken)
    {
        var body = RegisterAppTests.Good();
        body["redirectUrl"] = redirect;
        var answer = await new WeLinkCaller(fixture.Server).PostAsync("/api/oauth2/v1/register", body);
        if (isTaken)
            await answer.ShouldServeWeLinkAsync(O.Ok);
        else
            await answer.ShouldBeAsync(R.RedirectUrlMalformed);
    }
}
