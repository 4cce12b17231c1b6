using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors.BatchGetGroupUnionId;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

public sealed class BatchGetGroupUnionIdTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Path = "/oauth2/v6/groupUnionId/batchGet";

    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);
    private readonly HuaweiCaller _stranger = new(fixture.Server, HuaweiCaller.Stranger);

    /// <summary>One mistake in a request that is otherwise good: in the header or in the body, null for none.
    /// Braces name what is made first.</summary>
    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "header", null,                                        nameof(E.AuthorizationInvalid) },
        { "header", "",                                          nameof(E.AuthorizationInvalid) },
        { "header", "Bearer",                                    nameof(E.AuthorizationInvalid) },
        { "header", "Bearer ",                                   nameof(E.AuthorizationInvalid) },
        { "header", "Basic {token}",                             nameof(E.AuthorizationInvalid) },
        { "header", "{token}",                                   nameof(E.AuthorizationInvalid) },
        { "header", "Bearer {token}, Bearer {token}",            nameof(E.AuthorizationInvalid) },
        { "header", "Bearer a b+c",                              nameof(E.AuthorizationInvalid) },
        { "header", "Bearer Zm9yZ2Vk",                           nameof(E.AuthorizationInvalid) },
        { "header", "Bearer {of a person}",                      nameof(E.AuthorizationInvalid) },
        { "header", "Bearer {refresh token}",                    nameof(E.AuthorizationInvalid) },
        { "header", "Bearer {expired}",                          nameof(E.AuthorizationInvalid) },
        { "body",   "{}",                                        nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":null}""",                   nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":["a"],"unionIdList":["b"]}""", nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":[],"unionIdList":["b"]}""", nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":[]}""",                     nameof(E.ParameterIllegal) },
        { "body",   """{"unionIdList":[]}""",                    nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":"a"}""",                    nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":{"a":"b"}}""",              nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":["a",1]}""",                nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":[null]}""",                 nameof(E.ParameterIllegal) },
        { "body",   """{"openIdList":[""]}""",                   nameof(E.ParameterIllegal) },
        { "body",   "{101 ids}",                                 nameof(E.ParameterIllegal) },
        { "body",   "{an id of 257 letters}",                    nameof(E.ParameterIllegal) },
        { "header", "Bearer {of a stranger}",                    nameof(E.AccountGroupMissing) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string where, string? value, string expected)
    {
        var token = await _demo.AppTokenAsync();
        if (value?.Contains("{expired}", StringComparison.Ordinal) is true)
            await _demo.AdvanceAsync("PT1H1S");
        var header = where is "body" ? $"Bearer {token}" : value?
            .Replace("{token}", token)
            .Replace("{expired}", token)
            .Replace("{of a person}", (await _demo.SignInAsync()).Access)
            .Replace("{refresh token}", (await _demo.SignInAsync()).Refresh)
            .Replace("{of a stranger}", await _stranger.AppTokenAsync());
        var body = (where, value) switch
        {
            ("body", "{101 ids}") => JsonSerializer.Serialize(new { unionIdList = Enumerable.Repeat("same", 101) }),
            ("body", "{an id of 257 letters}") => JsonSerializer.Serialize(new { openIdList = new[] { new string('A', 257) } }),
            ("body", _) => value!,
            _ => """{"openIdList":["a"]}""",
        };

        var response = await _demo.PostJsonAsync(Path, body, header);

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() => Assert.Equal(
        BatchGetGroupUnionId.Rules.Select(rule => rule.Error.Name).Distinct(), Mistakes.Select(row => row.Data.Item3).Distinct());

    [Fact]
    public async Task A_token_that_was_revoked_is_refused()
    {
        var token = await _sibling.AppTokenAsync();
        await fixture.Server.Get<Yaopai.Server.Credentials.Revoker>().RevokeAppAsync(_sibling.App.ClientId, default);

        await (await _sibling.BatchGetAsync(token, new { openIdList = new[] { "a" } })).ShouldBeAsync(E.AuthorizationInvalid);
    }

    [Fact]
    public async Task Two_authorization_headers_are_none()
    {
        var token = await _demo.AppTokenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei" + Path)
        {
            Content = new StringContent("""{"openIdList":["a"]}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.TryAddWithoutValidation("Authorization", [$"Bearer {token}", $"Bearer {token}"]);

        await (await fixture.Server.Http.SendAsync(request)).ShouldBeAsync(E.AuthorizationInvalid);
    }

    [Fact]
    public async Task Open_ids_give_group_union_ids_in_their_order_once_each()
    {
        var (first, second) = (await _demo.IdentifiersAsync("mainland"), await _demo.IdentifiersAsync("russia"));

        var response = await _demo.BatchGetAsync(
            await _demo.AppTokenAsync(), new { openIdList = new[] { second.OpenId, "unknown", first.OpenId, second.OpenId } });

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        var list = json.GetProperty("openIdToGroupUnionIdList").EnumerateArray().ToArray();
        Assert.Single(json.EnumerateObject());
        Assert.Equal([second.OpenId, first.OpenId], list.Select(pair => pair.GetProperty("openId").GetString()));
        Assert.All(list, pair => Assert.Equal(["openId", "groupUnionId"], pair.EnumerateObject().Select(property => property.Name)));
        // the same as by code, and for every app of the group
        Assert.Equal(await GroupUnionIdAsync(_sibling, "russia"), list[0].GetProperty("groupUnionId").GetString());
    }

    [Fact]
    public async Task Union_ids_may_be_asked_by_any_app_of_the_developer()
    {
        var unionId = (await _demo.IdentifiersAsync("unverified")).UnionId;

        var json = await (await _sibling.BatchGetAsync(await _sibling.AppTokenAsync(), new { unionIdList = new[] { unionId } }))
            .ShouldSucceedAsync(E.Ok);

        var pair = json.GetProperty("unionIdToGroupUnionIdList").EnumerateArray().Single();
        Assert.Equal(unionId, pair.GetProperty("unionId").GetString());
        Assert.Equal(await GroupUnionIdAsync(_demo, "unverified"), pair.GetProperty("groupUnionId").GetString());
    }

    [Fact]
    public async Task What_another_app_or_developer_knows_is_left_out()
    {
        var (sibling, stranger) = (await _sibling.IdentifiersAsync(), await _stranger.IdentifiersAsync());
        var token = await _demo.AppTokenAsync();

        foreach (var lists in new object[]
        {
            new { openIdList = new[] { sibling.OpenId, stranger.OpenId } }, new { unionIdList = new[] { stranger.UnionId, sibling.OpenId } }
        })
        {
            var json = await (await _demo.BatchGetAsync(token, lists)).ShouldSucceedAsync(E.Ok);
            Assert.Empty(json.EnumerateObject().Single().Value.EnumerateArray());
        }
    }

    [Fact]
    public async Task A_hundred_may_be_asked_at_once()
    {
        var openId = (await _demo.IdentifiersAsync()).OpenId;
        string[] openIds = [openId, .. Enumerable.Range(0, 99).Select(i => $"AQAxrBzThFv{i:d2}AAAAAAAAAAAAAAA")];

        var json = await (await _demo.BatchGetAsync(await _demo.AppTokenAsync(), new { openIdList = openIds })).ShouldSucceedAsync(E.Ok);

        Assert.Single(json.GetProperty("openIdToGroupUnionIdList").EnumerateArray());
    }

    [Fact]
    public async Task A_list_that_is_null_does_not_count_and_the_scheme_may_be_written_in_any_case()
    {
        var unionId = (await _demo.IdentifiersAsync()).UnionId;

        var response = await _demo.PostJsonAsync(
            Path, JsonSerializer.Serialize(new { openIdList = (string[]?)null, unionIdList = new[] { unionId } }),
            $"bearer {await _demo.AppTokenAsync()}");

        Assert.Single((await response.ShouldSucceedAsync(E.Ok)).GetProperty("unionIdToGroupUnionIdList").EnumerateArray());
    }

    [Fact]
    public async Task While_the_group_is_disabled_its_developers_are_in_none()
    {
        var groups = fixture.Server.Get<IAccountGroupStore>();
        var group = (await groups.FindAsync(501, default))!;
        var token = await _demo.AppTokenAsync();
        var code = await _demo.CodeAsync();
        await groups.TryChangeAsync(group with { DisabledAt = DateTimeOffset.UnixEpoch }, default);
        fixture.Server.Get<AppDirectory>().Clear();

        await (await _demo.BatchGetAsync(token, new { openIdList = new[] { "a" } })).ShouldBeAsync(E.AccountGroupMissing);
        await (await _demo.ExchangeAsync(code, ("need_group_union_id", "true")))
            .ShouldBeAsync(HuaweiAccountErrors.Token.AccountGroupMissing);

        await groups.TryChangeAsync(group, default);
        fixture.Server.Get<AppDirectory>().Clear();
    }

    [Theory]
    [InlineData("application/json", "{")]
    [InlineData("application/json", "[]")]
    [InlineData("application/json", "")]
    [InlineData("application/json", """{"openIdList":["a"],"openIdList":["b"]}""")]
    [InlineData("application/json", "{\"openIdList\":[\"\\udc00\"]}")]
    [InlineData("text/plain", """{"openIdList":["a"]}""")]
    [InlineData("application/x-www-form-urlencoded", "openIdList=a")]
    [InlineData(null, """{"openIdList":["a"]}""")]
    public async Task What_cannot_be_parsed_is_a_bad_request(string? contentType, string body)
    {
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei" + Path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _demo.AppTokenAsync());

        await (await fixture.Server.Http.SendAsync(request)).ShouldBeAsync(E.BadRequest);
    }

    [Fact]
    public async Task A_body_over_a_mebibyte_is_a_bad_request() =>
        await (await _demo.PostJsonAsync(Path, new string(' ', (1024 * 1024) + 1), $"Bearer {await _demo.AppTokenAsync()}"))
            .ShouldBeAsync(E.BadRequest);

    [Fact]
    public async Task Lists_in_the_query_do_not_count() =>
        await (await _demo.PostJsonAsync(Path + "?openIdList=a", "{}", $"Bearer {await _demo.AppTokenAsync()}"))
            .ShouldBeAsync(E.ParameterIllegal);

    private static async Task<string> GroupUnionIdAsync(HuaweiCaller caller, string user) =>
        (await (await caller.ExchangeAsync(await caller.CodeAsync(user), ("need_group_union_id", "true"))).JsonAsync())
            .GetProperty("group_union_id").GetString()!;
}
