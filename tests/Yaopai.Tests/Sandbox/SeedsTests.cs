using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>Apps, people and organisations with ids and settings of one's own.</summary>
public sealed class SeedsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private HttpClient Http => fixture.Server.Http;

    public static TheoryData<string, string, string> Unusable { get; } = new()
    {
        { "apps",    """{"client_id":0}""",                                              "client_id:" },
        { "apps",    """{"client_id":100000001}""",                                      "client_id: 100000001 is an app already" },
        { "apps",    """{"client_secret":"short"}""",                                    "client_secret:" },
        { "apps",    """{"public":true,"client_secret":"long enough"}""",                "client_secret:" },
        { "apps",    """{"public":true,"client_secret":"longEnough"}""",                "client_secret: a public app has none" },
        { "apps",    """{"name":""}""",                                                  "name:" },
        { "apps",    """{"developer_id":-1}""",                                          "developer_id:" },
        { "apps",    """{"group_id":-1}""",                                              "group_id:" },
        { "apps",    """{"redirect_uris":["https://app.example/","nowhere"]}""",         "redirect_uris[1]:" },
        { "apps",    """{"redirect_uris":["oob","oob"]}""",                              "redirect_uris[1]:" },
        { "apps",    """{"scopes":["openid profile"]}""",                                "scopes[0]:" },
        { "apps",    """{"scopes":["openid"],"approved_scopes":["phone"]}""",            "approved_scopes:" },
        { "apps",    """{"open_grants":["magic"]}""",                                    "open_grants[0]:" },
        { "apps",    """{"allow":["7"]}""",                                              "allow[0]:" },
        { "apps",    """{"referers":["https://app.example"]}""",                         "referers[0]:" },
        { "apps",    """{"quota":-1}""",                                                 "quota:" },
        { "apps",    """{"wechat":[{"kind":"mini"},{"kind":"service"}]}""",              "wechat[1].kind:" },
        { "apps",    """{"wechat":[null]}""",                                            "wechat[0].kind:" },
        { "apps",    """{"wechat":[{"kind":"mini"},{"kind":"mini"}]}""",                 "wechat[1].kind: mini is there twice" },
        { "apps",    """{"wechat":[{"kind":"mini","secret":""}]}""",                     "wechat[0].secret:" },
        { "apps",    """{"colour":"red"}""",                                             "colour" },
        { "users",   """{"region":"CN"}""",                                              "name: is missing" },
        { "users",   """{"name":"Mainland"}""",                                          "name:" },
        { "users",   """{"id":900001,"name":"other"}""",                                 "id: 900001 is somebody's already" },
        { "users",   """{"id":0,"name":"other"}""",                                      "id:" },
        { "users",   """{"name":"other","password":"short"}""",                          "password:" },
        { "users",   """{"name":"other","region":"China"}""",                            "region:" },
        { "users",   """{"name":"other","phone":"+8611136000008"}""",                    "phone:" },
        { "users",   """{"name":"other","phone":"+86"}""",                               "phones[0].number:" },
        { "users",   """{"name":"other","phones":[{"number":"+85261234568","bound":true},{"number":"+85261234569","bound":true}]}""",
            "phones:" },
        { "users",   """{"name":"other","email":"nobody"}""",                            "email:" },
        { "users",   """{"name":"other","email":"","email_verified":true}""",            "email_verified:" },
        { "users",   """{"name":"other","avatar_url":"http://a.example/a.png"}""",       "avatar_url:" },
        { "users",   """{"name":"other","profile":{"shoes":"42"}}""",                    "profile.shoes:" },
        { "users",   """{"name":"other","real_name":{"name":"张三","number":"1"}}""",    "real_name.number:" },
        { "users",   """{"name":"other","real_name":{"name":"张三","number":"11010519491231002X","level":0}}""", "real_name.level" },
        { "tenants", """{"name":"Company"}""",                                           "domain: is missing" },
        { "tenants", """{"domain":"welink"}""",                                          "domain: \"welink\" is taken" },
        { "tenants", """{"domain":"No Domain"}""",                                       "domain:" },
        { "tenants", """{"domain":"company","id":"1"}""",                                "id:" },
        { "tenants", """{"domain":"company","departments":[{"code":"a","parent":"b"}]}""", "departments[0].parent:" },
        { "tenants", """{"domain":"company","members":[{"name":"Nobody"}]}""",           "members[0].user:" },
        { "tenants", """{"domain":"company","members":[{"user":"nobody at all"}]}""",    "members[0]" },
        { "tenants", """{"domain":"company","members":[{"user":"mainland"}]}""",         "members[0].user: the account" },
        { "tenants", """{"domain":"company","members":[{"corp_user_id":"a","state":"away"}]}""", "members[0].state:" },
        { "tenants", """{"domain":"company","apps":[{"client_id":100000001}]}""",        "apps[0]:" },
    };

    [Theory, MemberData(nameof(Unusable))]
    public async Task What_cannot_be_used_is_refused_with_the_member_and_nothing_is_made(string what, string body, string named)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var response = await Http.PostAsync($"/sandbox/{what}", content);

        Assert.Contains(response.StatusCode, new[] { HttpStatusCode.BadRequest, HttpStatusCode.Conflict });
        Assert.Contains(named, (await response.JsonAsync()).GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/sandbox/users/other")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/sandbox/tenants/company")).StatusCode);
    }

    [Fact]
    public async Task An_app_of_ones_own_works_like_the_demos_and_its_settings_count_at_once()
    {
        var made = await SendAsync(HttpMethod.Post, "/sandbox/apps", """
            {"client_id":"777000111","client_secret":"aSecretOfOnesOwn","name":"mine","developer_id":7001,"group_id":701}
            """, HttpStatusCode.Created);
        Assert.Equal(
            "777000111 aSecretOfOnesOwn mine 7001 701",
            Text(made, "client_id", "client_secret", "name", "developer_id", "group_id"));

        var caller = CallerOf(777000111, "aSecretOfOnesOwn");
        var tokens = await caller.SignInAsync();
        await (await caller.GetTokenInfoAsync(tokens.Access)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);

        await SendAsync(HttpMethod.Put, "/sandbox/apps/777000111", """{"allow":["203.0.113.7"]}""");
        Assert.Equal("203.0.113.7/32", $"{(await ShowAsync("apps/777000111")).GetProperty("allow")[0]}");
        Assert.NotEqual(HttpStatusCode.OK, (await caller.PostAsync("/oauth2/v3/token",
            ("grant_type", "client_credentials"), ("client_id", caller.ClientId), ("client_secret", caller.App.ClientSecret))).StatusCode);

        await SendAsync(HttpMethod.Put, "/sandbox/apps/777000111", """{"allow":[],"enabled":false}""");
        Assert.False((await ShowAsync("apps/777000111")).GetProperty("enabled").GetBoolean());
        await SendAsync(HttpMethod.Put, "/sandbox/apps/777000111", """{"enabled":true,"client_secret":"anotherSecret"}""");
        await (await caller.ExchangeAsync(await caller.CodeAsync())).ShouldBeAsync(HuaweiAccountErrors.Token.ClientSecretIncorrect);

        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync("/sandbox/apps/777000111")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/sandbox/apps/777000111")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.DeleteAsync("/sandbox/apps/777000111")).StatusCode);
    }

    [Fact]
    public async Task An_app_of_which_nothing_is_said_gets_an_id_and_a_secret()
    {
        var made = await SendAsync(HttpMethod.Post, "/sandbox/apps", "{}", HttpStatusCode.Created);

        var app = CallerOf(long.Parse(made.GetProperty("client_id").GetString()!), made.GetProperty("client_secret").GetString()!);
        await (await app.GetTokenInfoAsync(await app.AppTokenAsync())).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
    }

    [Fact]
    public async Task An_app_is_at_WeChat_what_it_was_made_with_the_secret_it_was_given()
    {
        var made = await SendAsync(
            HttpMethod.Post, "/sandbox/apps", """{"client_id":777000444,"wechat":[{"kind":"mini"}]}""", HttpStatusCode.Created);
        Assert.Equal("mini", Text(Assert.Single(made.GetProperty("wechat").EnumerateArray()), "kind"));
        await (await LoginAsync()).ShouldServeAsync();

        await SendAsync(HttpMethod.Put, "/sandbox/apps/777000444", """{"wechat":[{"kind":"official"},{"kind":"mini","secret":"wrong"}]}""");
        Assert.Equal(
            ["mini wrong", "official d3100000000000000000000000000a01"],
            (await ShowAsync("apps/777000444")).GetProperty("wechat").EnumerateArray().Select(one => Text(one, "kind", "secret")).Order());
        await (await LoginAsync()).ShouldBeAsync(IdentityErrors.MiniProgram.SignInFailed);

        await SendAsync(HttpMethod.Put, "/sandbox/apps/777000444", """{"quota":5}""");
        Assert.Equal(2, (await ShowAsync("apps/777000444")).GetProperty("wechat").GetArrayLength());
        await SendAsync(HttpMethod.Put, "/sandbox/apps/777000444", """{"wechat":[]}""");
        await (await LoginAsync()).ShouldBeAsync(IdentityErrors.MiniProgram.ConsumerKeyUnknown);

        async Task<HttpResponseMessage> LoginAsync()
        {
            var code = (await SendAsync(
                HttpMethod.Post, "/sandbox/wechat/login", """{"appid":"wx777000444miniprog","user":"xiaowei"}""")).GetProperty("code");
            return await Http.PostAsJsonAsync(
                "/identity/wechat/mini/login", new { oauth_consumer_key = "777000444", code = code.GetString() });
        }
    }

    [Fact]
    public async Task A_token_of_an_app_that_was_removed_is_dead_when_the_id_comes_again()
    {
        const string Body = """{"client_id":777000222,"client_secret":"theSameSecret"}""";
        await SendAsync(HttpMethod.Post, "/sandbox/apps", Body, HttpStatusCode.Created);
        var app = CallerOf(777000222, "theSameSecret");
        var token = await app.AppTokenAsync();

        await Http.DeleteAsync("/sandbox/apps/777000222");
        await SendAsync(HttpMethod.Post, "/sandbox/apps", Body, HttpStatusCode.Created);

        Assert.Equal("200 NSP_STATUS 31204", await (await app.GetTokenInfoAsync(token)).CodeOfAsync());
    }

    [Fact]
    public async Task A_person_of_ones_own_signs_in_changes_and_goes()
    {
        var made = await SendAsync(HttpMethod.Post, "/sandbox/users", """
            {"id":555001,"name":"zhaoliu","password":"correct horse battery","region":"HK","nickname":"老赵","email":"zhao@example.com",
             "phones":[{"number":"+85251234567","verified_at":"2020-01-01T00:00:00Z"},{"number":"+8611136005555"}],
             "profile":{"job":"driver"},"real_name":{"name":"赵六","number":"11010519491231002X"}}
            """, HttpStatusCode.Created);
        Assert.Equal("555001 zhaoliu HK 老赵 zhao@example.com", Text(made, "id", "name", "region", "nickname", "email"));
        Assert.Equal("+85251234567 True", Text(made.GetProperty("phones")[0], "number", "bound"));
        Assert.Equal("赵六 20 1", Text(made.GetProperty("real_name"), "name", "level", "state"));
        Assert.Equal("signed_in", await OutcomeAsync("+85251234567", "correct horse battery"));

        await SendAsync(HttpMethod.Put, "/sandbox/users/zhaoliu", """{"disabled":true}""");
        Assert.Equal("disabled", await OutcomeAsync("zhaoliu", "correct horse battery"));
        await SendAsync(HttpMethod.Put, "/sandbox/users/555001", """{"disabled":false,"password":"another long password","nickname":""}""");
        Assert.Equal("signed_in", await OutcomeAsync("zhaoliu", "another long password"));
        Assert.Equal(JsonValueKind.Null, (await ShowAsync("users/zhaoliu")).GetProperty("nickname").ValueKind);
        await SendAsync(HttpMethod.Put, "/sandbox/users/zhaoliu", """{"recycled":true}""");
        Assert.True((await ShowAsync("users/zhaoliu")).GetProperty("recycled").GetBoolean());
        await SendAsync(HttpMethod.Put, "/sandbox/users/zhaoliu", """{"recycled":false}""");

        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync("/sandbox/users/zhaoliu")).StatusCode);
        Assert.Equal("refused", await OutcomeAsync("zhaoliu", "another long password"));
        Assert.Equal(HttpStatusCode.NotFound, (await Http.DeleteAsync("/sandbox/users/zhaoliu")).StatusCode);
    }

    [Fact]
    public async Task A_person_of_whom_only_a_name_is_said_has_the_demo_password()
    {
        await SendAsync(HttpMethod.Post, "/sandbox/users", """{"name":"qianqi"}""", HttpStatusCode.Created);

        Assert.Equal("signed_in", await OutcomeAsync("qianqi", "yaopai-demo"));
    }

    [Fact]
    public async Task An_organisation_comes_with_its_departments_people_and_apps_and_goes_with_them()
    {
        await SendAsync(HttpMethod.Post, "/sandbox/users", """{"name":"sunba","phone":"+8611136007777"}""", HttpStatusCode.Created);
        await SendAsync(HttpMethod.Post, "/sandbox/apps", """{"client_id":777000333}""", HttpStatusCode.Created);
        var made = await SendAsync(HttpMethod.Post, "/sandbox/tenants", """
            {"domain":"acme","name":"公司","name_en":"Acme","apps":[{"client_id":777000333}],
             "departments":[{"code":"it","name":"IT"},{"code":"web","parent":"it","name":"Web","manager":"sunba@acme"}],
             "members":[{"user":"sunba","admin":true,"departments":["web"],"job":"engineer"},
                        {"corp_user_id":"former","name":"Former","state":"closed"}],
             "public_accounts":[{"id":"news","followers":["sunba@acme"]}]}
            """, HttpStatusCode.Created);
        Assert.Equal("acme 公司 Acme", Text(made, "domain", "name", "name_en"));
        Assert.Equal("web it Web sunba@acme", Text(made.GetProperty("departments")[1], "code", "parent", "name", "manager"));
        var (former, member) = (made.GetProperty("members")[0], made.GetProperty("members")[1]);
        Assert.Equal("former closed", Text(former, "corp_user_id", "state"));
        Assert.Equal("sunba +86-11136007777 open True engineer", Text(member, "user", "mobile", "state", "admin", "job"));

        await SendAsync(HttpMethod.Put, "/sandbox/tenants/acme", """{"members":[{"user":"sunba","departments":["it"]}]}""");
        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync("/sandbox/tenants/acme/departments/web")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await Http.DeleteAsync("/sandbox/tenants/acme/departments/it")).StatusCode);
        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync("/sandbox/tenants/acme/members/former@acme")).StatusCode);

        Assert.Equal(HttpStatusCode.NoContent, (await Http.DeleteAsync("/sandbox/tenants/acme")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Http.GetAsync("/sandbox/tenants/acme")).StatusCode);
        await SendAsync(
            HttpMethod.Post, "/sandbox/tenants", """{"domain":"acme","apps":[{"client_id":777000333}]}""", HttpStatusCode.Created);
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using var request = new HttpRequestMessage(method, path)
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        var response = await Http.SendAsync(request);
        Assert.True(response.StatusCode == expected, $"{response.StatusCode} {await response.Content.ReadAsStringAsync()}");
        return await response.JsonAsync();
    }

    private Task<JsonElement> ShowAsync(string what) => Http.GetFromJsonAsync<JsonElement>($"/sandbox/{what}");

    private async Task<string?> OutcomeAsync(string user, string password) =>
        (await (await Http.PostAsJsonAsync("/sandbox/sign-in", new { user, password })).JsonAsync()).GetProperty("outcome").GetString();

    private HuaweiCaller CallerOf(long clientId, string secret) =>
        new(fixture.Server, new("own", clientId, secret, "https://demo.example/callback", DeveloperId: 0));

    private static string Text(JsonElement json, params string[] members) =>
        string.Join(' ', members.Select(member => $"{json.GetProperty(member)}"));
}
