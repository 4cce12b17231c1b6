using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

public sealed class TicketTests(OwnApps apps) : IClassFixture<OwnApps>
{
    private const string V1 = "/api/auth/v1/tickets", V2 = "/api/auth/v2/tickets";

    private static readonly string s_stranger = TenantIds.Write(DemoOrganisations.Stranger);

    private readonly WeLinkCaller _caller = new(apps.Server, apps.Demo);

    /// <summary>One mistake in a request that is otherwise good. Null leaves the member out.</summary>
    public static TheoryData<string, object?, string> Mistakes { get; } = new()
    {
        { "client_id",     null,                                  "Auth.ClientAuthenticationFailed" },
        { "client_id",     "",                                    "Auth.ClientAuthenticationFailed" },
        { "client_id",     "abc",                                 "Auth.ClientAuthenticationFailed" },
        { "client_id",     "999999999",                           "Auth.ClientAuthenticationFailed" },
        { "client_id",     new string('1', 300),                  "Auth.ClientAuthenticationFailed" },
        { "client_id",     new[] { "100000001" },                 "Auth.ClientAuthenticationFailed" },
        { "client_secret", null,                                  "Auth.ClientAuthenticationFailed" },
        { "client_secret", "",                                    "Auth.ClientAuthenticationFailed" },
        { "client_secret", "wrong",                               "Auth.ClientAuthenticationFailed" },
        { "client_secret", 12345,                                 "Auth.ClientAuthenticationFailed" },
        { "client_secret", new { a = 1 },                         "Auth.ClientAuthenticationFailed" },
        { "tenant_id",     "8C10000000000002",                    "Gateway.AppNotIsv" },
        { "tenant_id",     "nonsense",                            "Gateway.AppNotIsv" },
        { "tenant_id",     new[] { "8C10000000000001" },          "Gateway.AppNotIsv" },
        { "tenant_id",     new { id = "8C10000000000001" },       "Gateway.AppNotIsv" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string member, object? value, string expected)
    {
        var body = _caller.With((member, value));

        await (await _caller.PostAsync(V2, body)).ShouldBeAsync(WeLinkCaller.Named(expected));
        body["type"] = "e";
        await (await _caller.PostAsync(V1, body)).ShouldBeAsync(WeLinkCaller.Named(expected));
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("\"text\""), InlineData("{\"a\":1,\"a\":2}")]
    public async Task What_is_no_JSON_object_is_malformed(string body)
    {
        await (await _caller.PostAsync(V2, body)).ShouldBeAsync(A.RequestMalformed);
        await (await _caller.PostAsync(V1, body)).ShouldBeAsync(A.RequestMalformed);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("x"), InlineData("E"), InlineData(1)]
    public async Task The_old_endpoint_knows_two_types(object? type) =>
        await (await _caller.PostAsync(V1, _caller.With(("type", type), ("client_secret", "wrong")))).ShouldBeAsync(A.RequestMalformed);

    [Fact]
    public async Task A_form_is_malformed()
    {
        var form = HuaweiCaller.Form([("client_id", $"{apps.Demo.ClientId}"), ("client_secret", apps.Demo.ClientSecret)]);
        await (await apps.Server.Http.PostAsync(WeLinkCaller.Root + V2, form)).ShouldBeAsync(A.RequestMalformed);
    }

    [Fact]
    public async Task An_app_gets_a_token_of_its_own_organisation()
    {
        var json = await (await _caller.TicketAsync()).ShouldServeWeLinkAsync();

        Assert.Equal(7200, json.GetProperty("expires_in").GetInt32());
        Assert.NotEmpty(json.GetProperty("access_token").GetString()!);
    }

    [Fact]
    public async Task A_number_is_read_as_a_client_id_and_a_type_is_ignored_where_there_is_none() =>
        await (await _caller.TicketAsync(("client_id", apps.Demo.ClientId), ("type", "e"))).ShouldServeWeLinkAsync();

    [Fact]
    public async Task An_app_of_an_ISV_gets_a_token_of_an_organisation_that_subscribed_it()
    {
        var isv = new WeLinkCaller(apps.Server, DemoData.Apps[1]);

        await (await isv.TicketAsync(("tenant_id", s_stranger))).ShouldServeWeLinkAsync();
        await (await isv.TicketAsync(("tenant_id", s_stranger.ToLowerInvariant()))).ShouldServeWeLinkAsync();
        await (await isv.TicketAsync(("tenant_id", "8C100000000000FF"))).ShouldBeAsync(A.AccessTokenUnavailable);
        await (await isv.TicketAsync(("tenant_id", "nonsense"))).ShouldBeAsync(A.AccessTokenUnavailable);
        await (await isv.TicketAsync(("tenant_id", new[] { s_stranger }))).ShouldBeAsync(A.AccessTokenUnavailable);
    }

    [Theory]
    [InlineData("GET"), InlineData("PUT"), InlineData("DELETE")]
    public async Task Another_verb_finds_nothing(string verb) =>
        await (await _caller.SendAsync(new HttpMethod(verb), V2, _caller.With())).ShouldBeAsync(G.AddressUnknown);

    [Fact]
    public async Task An_unknown_path_finds_nothing() =>
        await (await _caller.PostAsync("/api/auth/v3/tickets", _caller.With())).ShouldBeAsync(G.AddressUnknown);

    [Fact]
    public async Task The_header_lang_chooses_the_language()
    {
        foreach (var (lang, text) in new[] { ("en", A.ClientAuthenticationFailed.En), ("zh", A.ClientAuthenticationFailed.Zh) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, WeLinkCaller.Root + V2)
            {
                Content = System.Net.Http.Json.JsonContent.Create(_caller.With(("client_secret", "wrong"))),
            };
            request.Headers.Add("lang", lang);
            Assert.Equal(text, (await (await apps.Server.Http.SendAsync(request)).JsonAsync()).GetProperty("message").GetString());
        }
    }
}
