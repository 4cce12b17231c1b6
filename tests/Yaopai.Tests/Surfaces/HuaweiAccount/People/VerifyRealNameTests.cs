using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.HuaweiAccountErrors.VerifyRealName;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

public sealed class VerifyRealNameTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "access_token", null,             nameof(E.ParameterIllegal) },
        { "access_token", "",               nameof(E.ParameterIllegal) },
        { "sceneID",      null,             nameof(E.ParameterIllegal) },
        { "sceneID",      "",               nameof(E.ParameterIllegal) },
        { "sceneID",      "3",              nameof(E.ParameterIllegal) },
        { "sceneID",      "00",             nameof(E.ParameterIllegal) },
        { "sceneID",      "zero",           nameof(E.ParameterIllegal) },
        { "idType",       null,             nameof(E.ParameterIllegal) },
        { "idType",       "",               nameof(E.ParameterIllegal) },
        { "idType",       "0",              nameof(E.ParameterIllegal) },
        { "idType",       "4",              nameof(E.ParameterIllegal) },
        { "idValue",      null,             nameof(E.ParameterIllegal) },
        { "idValue",      "",               nameof(E.ParameterIllegal) },
        { "idValue",      "{257}",          nameof(E.ParameterIllegal) },
        { "ctfType",      null,             nameof(E.ParameterIllegal) },
        { "ctfType",      "",               nameof(E.ParameterIllegal) },
        { "ctfType",      "2",              nameof(E.ParameterIllegal) },
        { "realName",     null,             nameof(E.ParameterIllegal) },
        { "realName",     "",               nameof(E.ParameterIllegal) },
        { "realName",     "张三",           nameof(E.ParameterIllegal) },
        { "realName",     "{127 hex}",      nameof(E.ParameterIllegal) },
        { "realName",     "{129 hex}",      nameof(E.ParameterIllegal) },
        { "realName",     "{hex and \\n}",  nameof(E.ParameterIllegal) },
        { "ctfCode",      null,             nameof(E.ParameterIllegal) },
        { "ctfCode",      "",               nameof(E.ParameterIllegal) },
        { "ctfCode",      "11010519491231002X", nameof(E.ParameterIllegal) },
        { "ctfCode",      "{127 hex}",      nameof(E.ParameterIllegal) },
        { "ctfCode",      "{no hex}",       nameof(E.ParameterIllegal) },
        { "supportAlg",   null,             nameof(E.ParameterIllegal) },
        { "supportAlg",   "",               nameof(E.ParameterIllegal) },
        { "supportAlg",   "none",           nameof(E.ParameterIllegal) },
        { "supportAlg",   "HS256",          nameof(E.ParameterIllegal) },
        { "supportAlg",   "rs256",          nameof(E.ParameterIllegal) },
        { "access_token", "a b+c",          nameof(E.SessionTimeout) },
        { "access_token", "Zm9yZ2Vk",       nameof(E.SessionTimeout) },
        { "access_token", "{refresh}",      nameof(E.SessionTimeout) },
        { "access_token", "{expired}",      nameof(E.SessionTimeout) },
        { "access_token", "{revoked}",      nameof(E.SessionTimeout) },
        { "access_token", "{app token}",    nameof(E.PermissionDenied) },
        { "access_token", "{not approved}", nameof(E.PermissionDenied) },
        { "idValue",      "900003",         nameof(E.ParameterIllegal) },
        { "idValue",      "0900001",        nameof(E.ParameterIllegal) },
        { "idType",       "2",              nameof(E.ParameterIllegal) }, // the UserID is no OpenID
        { "idType",       "3",              nameof(E.ParameterIllegal) },
        { "access_token", "{no record}",    nameof(E.RealNameRecordMissing) },
        { "access_token", "{used}",         nameof(E.PermissionDenied) },
    };

    /// <summary>The scene, the name, the number, and what is said of them; null for nothing.</summary>
    public static TheoryData<string, string, string, int?> Comparisons { get; } = new()
    {
        { "0", "张三", "11010519491231002X", 0 },
        { "0", "张三", "11010519491231002x", 0 },
        { "0", "张 三", "11010519491231002X", 1 },
        { "0", "李四", "11010519491231002x", 1 },
        { "0", "张三", "440524188001010014", 2 },
        { "0", "李四", "440524188001010014", 2 },
        { "1", "张三", "11010519491231002X", null }, // nobody saw a face
        { "1", "李四", "11010519491231002X", 1 },
        { "1", "张三", "440524188001010014", 2 },
        { "2", "张三", "11010519491231002X", null },
        { "2", "李四", "440524188001010014", null },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected) =>
        await (await SendAsync((parameter, value))).ShouldBeAsync(Named(expected));

    [Fact]
    public async Task Of_two_mistakes_the_earlier_rule_answers() =>
        await Assert.AllAsync(Mistakes.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3), async pair =>
            await (await SendAsync((pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, pair.Later.Item2)))
                .ShouldBeAsync(Named(pair.Earlier.Item3)));

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() =>
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(VerifyRealName.Rules);

    private async Task<HttpResponseMessage> SendAsync(params (string Parameter, string? Value)[] mistakes)
    {
        var token = mistakes.FirstOrDefault(mistake => mistake.Parameter is "access_token").Value;
        var user = token is "{no record}" ? "hongkong" : "mainland";
        var tokens = await _demo.SignInAsync(user);
        if (token is "{expired}")
            await _demo.AdvanceAsync("PT1H1S");
        if (token is "{revoked}")
            await _demo.RevokeAsync(tokens.Access);
        if (token is "{used}")
            await (await RealNames.VerifyAsync(_demo, tokens.Access)).ShouldSucceedAsync(E.Ok);
        var hash = RealNames.Hash("张三");
        var presented = new List<(string, string?)> { ("idValue", $"{RealNames.IdOf(user)}") };
        foreach (var (parameter, value) in mistakes)
            presented.Add((parameter, await PresentedAsync(value)));

        var response = await RealNames.VerifyAsync(_demo, tokens.Access, [.. presented]);

        await _demo.ResetClockAsync();
        return response;

        async Task<string?> PresentedAsync(string? value) => value switch
        {
            "{refresh}" => tokens.Refresh,
            "{app token}" => await _demo.AppTokenAsync(),
            "{not approved}" => (await new HuaweiCaller(fixture.Server, HuaweiCaller.Stranger).SignInAsync()).Access,
            "{257}" => new string('9', 257),
            "{127 hex}" => hash[1..],
            "{129 hex}" => hash + "0",
            "{no hex}" => "g" + hash[1..],
            "{hex and \\n}" => hash + "\n",
            _ when value?.StartsWith('{') is true => tokens.Access,
            _ => value,
        };
    }

    private static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);

    [Theory, MemberData(nameof(Comparisons))]
    public async Task Only_what_was_compared_is_said(string scene, string name, string number, int? result)
    {
        var response = await VerifyAsync(
            "mainland", ("sceneID", scene), ("realName", RealNames.Hash(name)), ("ctfCode", RealNames.Hash(number).ToUpperInvariant()));

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal((1, 20, result), (Number(json, "state"), Number(json, "realNameLevel"), Number(json, "verifyResult")));
        var claims = JsonWebToken.Read(json.GetProperty("verifyToken").GetString()!).Payload!.Value;
        Assert.Equal((1, 20, result, int.Parse(scene)),
            (Number(claims, "state"), Number(claims, "realNameLevel"), Number(claims, "verifyResult"), Number(claims, "sceneID")));
    }

    [Fact]
    public async Task A_face_needs_no_name_and_no_number()
    {
        var json = await (await VerifyAsync("mainland", ("sceneID", "2"), ("ctfType", null), ("realName", null), ("ctfCode", null)))
            .ShouldSucceedAsync(E.Ok);

        Assert.Equal(["state", "realNameLevel", "verifyToken"], json.EnumerateObject().Select(property => property.Name));
    }

    [Fact]
    public async Task Of_a_name_that_is_still_being_verified_only_the_state_is_told()
    {
        var real = RealNames.Of("unverified");

        var json = await (await VerifyAsync(
            "unverified", ("realName", RealNames.Hash(real.Name)), ("ctfCode", RealNames.Hash(real.Number)))).ShouldSucceedAsync(E.Ok);

        Assert.Equal((2, 0, null), (Number(json, "state"), Number(json, "realNameLevel"), Number(json, "verifyResult")));
    }

    [Theory]
    [InlineData("RS256")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    public async Task The_token_is_signed_as_asked_by_a_key_that_is_published_and_is_no_ID_token(string algorithm)
    {
        var json = await (await VerifyAsync("mainland", ("supportAlg", algorithm))).ShouldSucceedAsync(E.Ok);
        var text = json.GetProperty("verifyToken").GetString()!;
        var token = JsonWebToken.Read(text);
        var certs = await (await fixture.Server.Http.GetAsync("/huawei/oauth2/v3/certs")).JsonAsync();

        Assert.InRange(text.Length, 1, 2048);
        Assert.StartsWith("eyJraWQ", text);
        Assert.Equal(algorithm, token.Algorithm!.Name);
        Assert.Contains(token.Kid, certs.GetProperty("keys").EnumerateArray().Select(key => key.GetProperty("kid").GetString()));
        Assert.True(token.Verify(await fixture.Server.Get<KeyRing>().SigningAsync(token.Algorithm, DateTimeOffset.UtcNow, default)));
        var claims = token.Payload!.Value;
        Assert.Equal(
            ["iss", "sub", "aud", "iat", "exp", "openid", "sceneID", "state", "verifyResult", "realNameLevel"],
            claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(("https://accounts.huawei.com/realname", _demo.ClientId),
            (claims.GetProperty("iss").GetString(), claims.GetProperty("aud").GetString()));
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        await (await _demo.PostAsync("/oauth2/v3/tokeninfo", ("id_token", text))).ShouldBeAsync(algorithm is "ES256"
            ? Yaopai.Errors.HuaweiAccountErrors.TokenInfo.IdTokenInvalid
            : Yaopai.Errors.HuaweiAccountErrors.TokenInfo.IssuerUnknown);
    }

    [Fact]
    public async Task The_person_may_be_named_by_UserID_OpenID_and_UnionID()
    {
        var info = await (await _demo.GetInfoAsync((await _demo.SignInAsync()).Access)).JsonAsync();
        var (openId, unionId) = (info.GetProperty("openID").GetString(), info.GetProperty("unionID").GetString());

        foreach (var (type, value) in new[] { ("1", $"{RealNames.IdOf("mainland")}"), ("2", openId), ("3", unionId) })
        {
            var json = await (await VerifyAsync("mainland", ("idType", type), ("idValue", value))).ShouldSucceedAsync(E.Ok);
            var claims = JsonWebToken.Read(json.GetProperty("verifyToken").GetString()!).Payload!.Value;
            Assert.Equal((openId, unionId), (claims.GetProperty("openid").GetString(), claims.GetProperty("sub").GetString()));
        }

        await (await VerifyAsync("mainland", ("idType", "2"), ("idValue", openId!.ToUpperInvariant()))).ShouldBeAsync(E.ParameterIllegal);
        await (await VerifyAsync("mainland", ("idType", "2"), ("idValue", unionId))).ShouldBeAsync(E.ParameterIllegal);
    }

    [Fact]
    public async Task Of_twenty_who_use_one_token_at_one_time_one_is_answered_and_one_use_is_written_down()
    {
        var token = (await _demo.SignInAsync("nophone")).Access;
        var log = fixture.Server.Get<IPersonalDataLog>();
        var before = (await log.ListAsync(RealNames.IdOf("nophone"), 1000, default)).Count;

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => RealNames.VerifyAsync(_demo, token, ("idValue", $"{RealNames.IdOf("nophone")}"))));

        await Assert.Single(answers, answer => !answer.Headers.Contains("NSP_STATUS")).ShouldSucceedAsync(E.Ok);
        foreach (var refused in answers.Where(answer => answer.Headers.Contains("NSP_STATUS")))
            await refused.ShouldBeAsync(E.PermissionDenied);
        Assert.Equal(1, (await log.ListAsync(RealNames.IdOf("nophone"), 1000, default)).Count - before);
    }

    [Fact]
    public async Task A_token_that_was_used_is_still_good_elsewhere_and_a_refusal_uses_none()
    {
        var token = (await _demo.SignInAsync()).Access;
        await (await RealNames.VerifyAsync(_demo, token, ("idValue", "1"))).ShouldBeAsync(E.ParameterIllegal);
        await (await RealNames.VerifyAsync(_demo, token)).ShouldSucceedAsync(E.Ok);

        await (await RealNames.VerifyAsync(_demo, token)).ShouldBeAsync(E.PermissionDenied);
        await (await _demo.GetInfoAsync(token)).ShouldSucceedAsync(Yaopai.Errors.HuaweiAccountErrors.GetInfo.Ok);
    }

    private async Task<HttpResponseMessage> VerifyAsync(string user, params (string, string?)[] changes) =>
        await RealNames.VerifyAsync(_demo, (await _demo.SignInAsync(user)).Access, [("idValue", $"{RealNames.IdOf(user)}"), .. changes]);

    private static int? Number(JsonElement json, string name) => json.TryGetProperty(name, out var value) ? value.GetInt32() : null;
}

/// <summary>The same over two nodes.</summary>
public sealed class VerifyRealNameOnTwoNodesTests
{
    [Fact]
    public async Task A_token_counts_once_whichever_node_is_asked()
    {
        await using var engine = new OnPostgres();
        await engine.InitializeAsync();
        await using var first = await TestServer.StartAsync(engine);
        await using var second = await TestServer.StartAsync(engine);
        HuaweiCaller[] nodes = [new(first), new(second)];
        var token = (await nodes[0].SignInAsync()).Access;

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => RealNames.VerifyAsync(nodes[i % 2], token)));

        Assert.Single(answers, answer => !answer.Headers.Contains("NSP_STATUS"));
        await (await RealNames.VerifyAsync(nodes[0], token)).ShouldBeAsync(E.PermissionDenied);
        await (await RealNames.VerifyAsync(nodes[1], token)).ShouldBeAsync(E.PermissionDenied);
    }
}
