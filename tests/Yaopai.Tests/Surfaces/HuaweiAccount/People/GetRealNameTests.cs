using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.HuaweiAccountErrors.GetRealName;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

public sealed class GetRealNameTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "access_token",           null,              nameof(E.ParameterIllegal) },
        { "access_token",           "",                nameof(E.ParameterIllegal) },
        { "queryRangeFlag",         null,              nameof(E.ParameterIllegal) },
        { "queryRangeFlag",         "",                nameof(E.ParameterIllegal) },
        { "queryRangeFlag",         "1",               nameof(E.ParameterIllegal) },
        { "queryRangeFlag",         "0002",            nameof(E.ParameterIllegal) },
        { "queryRangeFlag",         "0001\n",          nameof(E.ParameterIllegal) },
        { "serviceAccountClientID", null,              nameof(E.ParameterIllegal) },
        { "serviceAccountClientID", "",                nameof(E.ParameterIllegal) },
        { "serviceAccountClientID", "one",             nameof(E.ParameterIllegal) },
        { "serviceAccountClientID", "{65 digits}",     nameof(E.ParameterIllegal) },
        { "serviceAccountKeyID",    null,              nameof(E.ParameterIllegal) },
        { "serviceAccountKeyID",    "",                nameof(E.ParameterIllegal) },
        { "serviceAccountKeyID",    "no hex",          nameof(E.ParameterIllegal) },
        { "serviceAccountKeyID",    "{65 digits}",     nameof(E.ParameterIllegal) },
        { "access_token",           "a b+c",           nameof(E.SessionTimeout) },
        { "access_token",           "Zm9yZ2Vk",        nameof(E.SessionTimeout) },
        { "access_token",           "{long}",          nameof(E.SessionTimeout) },
        { "access_token",           "{refresh}",       nameof(E.SessionTimeout) },
        { "access_token",           "{code}",          nameof(E.SessionTimeout) },
        { "access_token",           "{expired}",       nameof(E.SessionTimeout) },
        { "access_token",           "{revoked}",       nameof(E.SessionTimeout) },
        { "access_token",           "{app token}",     nameof(E.PermissionDenied) },
        { "access_token",           "{not approved}",  nameof(E.PermissionDenied) },
        { "serviceAccountClientID", "123456789",       nameof(E.ParameterIllegal) },
        { "serviceAccountKeyID",    "00",              nameof(E.ParameterIllegal) },
        { "access_token",           "{sibling's app}", nameof(E.ParameterIllegal) },
        { "access_token",           "{no record}",     nameof(E.RealNameRecordMissing) },
        { "access_token",           "{in progress}",   nameof(E.RealNameRecordMissing) },
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
        Mistakes.Select(row => row.Data.Item3).ShouldBreak(GetRealName.Rules);

    private async Task<HttpResponseMessage> SendAsync(params (string Parameter, string? Value)[] mistakes)
    {
        var sibling = new HuaweiCaller(fixture.Server, HuaweiCaller.Sibling);
        var account = await RealNames.NewServiceAccountAsync(fixture.Server, sibling);
        var token = mistakes.FirstOrDefault(mistake => mistake.Parameter is "access_token").Value;
        var user = token switch { "{no record}" => "hongkong", "{in progress}" => "unverified", _ => "mainland" };
        var tokens = await sibling.SignInAsync(user);
        if (token is "{expired}")
            await sibling.AdvanceAsync("PT1H1S");
        if (token is "{revoked}")
            await sibling.RevokeAsync(tokens.Access);
        var presented = new List<(string, string?)>();
        foreach (var (parameter, value) in mistakes)
            presented.Add((parameter, await PresentedAsync(value)));

        var response = await RealNames.GetAsync(sibling, tokens.Access, account, [.. presented]);

        await sibling.ResetClockAsync();
        await ForgetAsync(sibling, account);
        return response;

        async Task<string?> PresentedAsync(string? value) => value switch
        {
            "{refresh}" => tokens.Refresh,
            "{code}" => await sibling.CodeAsync(),
            "{app token}" => await sibling.AppTokenAsync(),
            "{not approved}" => (await new HuaweiCaller(fixture.Server, HuaweiCaller.Stranger).SignInAsync()).Access,
            "{sibling's app}" => (await _demo.SignInAsync()).Access, // a service account of another app
            "{65 digits}" => new string('1', 65),
            "{long}" => new string('A', 4096),
            _ when value?.StartsWith('{') is true => tokens.Access,
            _ => value,
        };
    }

    private static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);

    [Fact]
    public async Task Name_and_number_come_encrypted_to_the_service_account_and_in_no_other_form()
    {
        var account = await RealNames.NewServiceAccountAsync(fixture.Server, _demo);

        var response = await RealNames.GetAsync(_demo, (await _demo.SignInAsync()).Access, account);

        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(["encryptedInfo"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"realName":"张三","ctfCode":"11010519491231002X"}""", Open(json, account));
    }

    [Fact]
    public async Task The_key_id_may_come_in_any_case_and_the_name_of_the_service_in_the_form()
    {
        var account = await RealNames.NewServiceAccountAsync(fixture.Server, _demo);

        var response = await _demo.PostAsync("/rest.php",
            ("nsp_svc", "OpenRealName.User.getDetailInfo"), ("access_token", (await _demo.SignInAsync("nophone")).Access),
            ("queryRangeFlag", "0001"), ("serviceAccountClientID", account.ClientId),
            ("serviceAccountKeyID", account.KeyId.ToUpperInvariant()), ("nsp_fmt", "JSON"), ("unknown", "1"));

        Assert.Contains("李四", Open(await response.ShouldSucceedAsync(E.Ok), account), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("张", 48)]
    [InlineData("𠮷", 36)]
    public async Task The_longest_name_comes_whole(string letter, int times)
    {
        var name = string.Concat(Enumerable.Repeat(letter, times));
        await fixture.Server.Get<RealNameDirectory>().PutAsync(
            new RealName(RealNames.IdOf("russia"), name, "11010519491231002X", 10, RealNameState.Verified, DateTimeOffset.UnixEpoch),
            default);
        var account = await RealNames.NewServiceAccountAsync(fixture.Server, _demo);

        var json = await (await RealNames.GetAsync(_demo, (await _demo.SignInAsync("russia")).Access, account)).ShouldSucceedAsync(E.Ok);

        Assert.Equal(name, JsonDocument.Parse(Open(json, account)).RootElement.GetProperty("realName").GetString());
    }

    [Fact]
    public async Task Each_answer_is_written_down_and_a_refusal_is_not()
    {
        var (account, token) = (await RealNames.NewServiceAccountAsync(fixture.Server, _demo), (await _demo.SignInAsync("nophone")).Access);
        var log = fixture.Server.Get<IPersonalDataLog>();
        var before = await log.ListAsync(RealNames.IdOf("nophone"), 1000, default);

        await (await RealNames.GetAsync(_demo, token, account)).ShouldSucceedAsync(E.Ok);
        await (await RealNames.GetAsync(_demo, token, account)).ShouldSucceedAsync(E.Ok);
        await (await RealNames.GetAsync(_demo, token, account, ("serviceAccountKeyID", "00"))).ShouldBeAsync(E.ParameterIllegal);

        var after = await log.ListAsync(RealNames.IdOf("nophone"), 1000, default);
        Assert.Equal(2, after.Count - before.Count);
        Assert.All(after.Take(2), use => Assert.Equal((_demo.App.ClientId, PersonalDataUses.RealNameGiven), (use.AppId, use.What)));
    }

    [Fact]
    public async Task An_app_whose_approval_was_withdrawn_gets_nothing_more()
    {
        var stranger = new HuaweiCaller(fixture.Server, HuaweiCaller.Stranger);
        var (account, token) = (await RealNames.NewServiceAccountAsync(fixture.Server, stranger), (await stranger.SignInAsync()).Access);
        await (await RealNames.GetAsync(stranger, token, account)).ShouldBeAsync(E.PermissionDenied);

        await ApproveAsync(true);
        await Eventually.HoldsAsync(async () => !(await RealNames.GetAsync(stranger, token, account)).Headers.Contains("NSP_STATUS"));
        await ApproveAsync(false);
        await Eventually.HoldsAsync(async () => (await RealNames.GetAsync(stranger, token, account)).Headers.Contains("NSP_STATUS"));

        async Task ApproveAsync(bool approve)
        {
            var store = fixture.Server.Get<IAppStore>();
            var app = (await store.FindAsync(stranger.App.ClientId, default))!;
            await store.TryChangeAsync(app with { ApprovedScopes = approve ? [.. app.ApprovedScopes, "realName"] : ["openid"] }, default);
        }
    }

    [Fact]
    public async Task At_rest_and_in_the_log_there_is_no_name_and_no_number()
    {
        var account = await RealNames.NewServiceAccountAsync(fixture.Server, _demo);
        await RealNames.GetAsync(_demo, (await _demo.SignInAsync()).Access, account);

        var stored = (await fixture.Server.Get<IRealNameStore>().FindAsync(RealNames.IdOf("mainland"), default))!.Sealed;
        var text = Encoding.UTF8.GetString(stored);
        Assert.All(["张三", "1101051949"], secret => Assert.DoesNotContain(secret, text, StringComparison.Ordinal));
        Assert.All(fixture.Server.Log.Lines, line => Assert.DoesNotContain("1101051949", line, StringComparison.Ordinal));
    }

    /// <summary>An app may have a few service accounts only, and the tests of this class share one app.</summary>
    private async Task ForgetAsync(HuaweiCaller caller, RealNames.Recipient account)
    {
        var store = fixture.Server.Get<IAppStore>();
        var app = (await store.FindAsync(caller.App.ClientId, default))!;
        await store.TryChangeAsync(
            app with { ServiceAccounts = [.. app.ServiceAccounts.Where(one => one.KeyId != account.KeyId)] }, default);
    }

    private static string Open(JsonElement json, RealNames.Recipient account)
    {
        var text = json.GetProperty("encryptedInfo").GetString()!;
        Assert.Matches(@"\A[A-Za-z0-9_-]{342}\z", text); // 256 bytes, base64url without padding
        using var rsa = RSA.Create(account.PrivateKey);
        return Encoding.UTF8.GetString(rsa.Decrypt(Base64Url.DecodeFromChars(text), RSAEncryptionPadding.OaepSHA256));
    }
}
