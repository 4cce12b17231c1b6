using Yaopai.Server.Apps;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>What is stored is the app's: a token that no client secret was shown for may be in a person's hands, so it reads.</summary>
public sealed class DataWriteTests(DataServer fixture) : IClassFixture<DataServer>
{
    private const string Verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"; // RFC 7636, appendix B
    private const string Challenge = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

    private readonly OpenCaller _demo = fixture.Demo.Open;
    private readonly OAuthCaller _oauth = new(fixture.Server);

    /// <summary>Those that a person's token may call at all.</summary>
    public static TheoryData<string> Methods =>
        [.. GoodDataCalls.All.Keys.Except(TypeMethodTests.Defining.Select(row => row.Data))];

    [Theory, MemberData(nameof(Methods))]
    public async Task H1_a_token_from_the_address_of_a_page_reads_and_writes_nothing(string method)
    {
        var arguments = await fixture.GoodAsync(method);
        var tokens = await ImplicitAsync();

        foreach (var response in new[]
        {
            await _demo.CallAsync("data/" + method, tokens.Access, arguments),
            await _demo.SignedAsync("data/" + method, tokens, arguments),
            await _demo.NumberedAsync("baidu.data." + method, "1", tokens, arguments),
        })
        {
            if (method.StartsWith("get", StringComparison.Ordinal))
                await response.ShouldSucceedAsync(E.Ok);
            else
                await response.ShouldBeAsync(E.UserDataForbidden);
        }
    }

    [Fact]
    public async Task Nor_does_it_write_in_a_batch()
    {
        await fixture.PreparedAsync();
        var batch = """[{"path":"/rest/2.0/data/incHashValue","params":{"obj_type":"note","key":"batch"}}]""";

        var answers = await (await _demo.PostAsync("/open/batch/run", ("access_token", (await ImplicitAsync()).Access), ("method", batch)))
            .ShouldSucceedAsync(E.Ok);

        Assert.Equal(E.UserDataForbidden.Code, $"{answers[0].GetProperty("error_code")}");
    }

    [Fact]
    public async Task A_token_that_the_secret_was_shown_for_writes_and_so_does_what_it_is_renewed_to()
    {
        await fixture.PreparedAsync();
        var traded = await _oauth.SignInAsync("hongkong");
        var renewed = OAuthCaller.Read(await (await _oauth.RefreshAsync(traded.Refresh)).ShouldGiveAsync());
        var byPassword = OAuthCaller.Read(
            await (await _oauth.TokenAsync("password", ("username", "hongkong"), ("password", DemoData.Password))).ShouldGiveAsync());

        foreach (var tokens in new[] { traded, renewed, byPassword })
        {
            await (await SetAsync(_demo, tokens)).ShouldSucceedAsync(E.Ok);
            await (await _demo.SignedAsync("data/setUserPreference", Session(tokens), ("pref_id", "1"), ("value", "v")))
                .ShouldSucceedAsync(E.Ok);
        }
    }

    [Theory]
    [InlineData(300_000_401, false)]
    [InlineData(300_000_402, true)]
    public async Task An_app_without_a_secret_has_its_peoples_tokens_write_where_that_was_said(long id, bool writes)
    {
        var (caller, oauth) = await PublicAsync(id, writes);
        var code = await oauth.CodeAsync(more: new { code_challenge = Challenge, code_challenge_method = "S256" });
        var traded = OAuthCaller.Read(await (await oauth.PostAsync(
            "token", ("grant_type", "authorization_code"), ("client_id", oauth.ClientId), ("code", code),
            ("redirect_uri", oauth.App.RedirectUri), ("code_verifier", Verifier))).ShouldGiveAsync());
        var renewed = OAuthCaller.Read(await (await oauth.PostAsync(
            "token", ("grant_type", "refresh_token"), ("client_id", oauth.ClientId), ("refresh_token", traded.Refresh))).ShouldGiveAsync());
        var given = await caller.TokensAsync();

        foreach (var token in new[] { traded.Access, renewed.Access, given.Access })
        {
            var response = await caller.CallAsync("data/setUserPreference", token, ("pref_id", "1"), ("value", "v"));
            if (writes)
                await response.ShouldSucceedAsync(E.Ok);
            else
                await response.ShouldBeAsync(E.UserDataForbidden);
        }
    }

    private static Task<HttpResponseMessage> SetAsync(OpenCaller caller, OAuthCaller.Tokens tokens) =>
        caller.CallAsync("data/setHashValue", tokens.Access, ("obj_type", "note"), ("key", "shown"), ("value", "v"));

    private static OpenCaller.Tokens Session(OAuthCaller.Tokens tokens) => new(tokens.Access, tokens.SessionKey, tokens.SessionSecret);

    private async Task<OpenCaller.Tokens> ImplicitAsync()
    {
        using var browser = new BrowserClient(fixture.Server);
        await _oauth.WithdrawAsync();
        var done = await browser.AgreeAsync(_oauth.Authorize(("response_type", "token")));
        string Said(string name) =>
            Uri.UnescapeDataString(
                done.Location!.Split('#', '&').Single(one => one.StartsWith(name + "=", StringComparison.Ordinal)).Split('=')[1]);
        return new(Said("access_token"), Said("session_key"), Said("session_secret"));
    }

    private async Task<(OpenCaller Open, OAuthCaller OAuth)> PublicAsync(long id, bool writes)
    {
        var app = DemoData.Apps[0] with { Name = $"public{id}", ClientId = id, RedirectUri = "https://new.example/callback" };
        Assert.True(await fixture.Server.Get<IAppStore>().TryAddAsync(
            new App
            {
                Id = id,
                DeveloperId = app.DeveloperId,
                ProjectId = 1,
                Name = app.Name,
                IsPublic = true,
                RedirectUris = [app.RedirectUri],
                WritesWithoutSecret = writes,
                CreatedAt = DateTimeOffset.UtcNow,
            }, default));
        return (new OpenCaller(fixture.Server, app), new OAuthCaller(fixture.Server, app));
    }
}
