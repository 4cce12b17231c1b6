using Yaopai.Errors;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Surfaces.Identity.MiniProgram;
using Yaopai.Server.Upstreams.WeChat;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.MiniProgram;

namespace Yaopai.Tests.Surfaces.Identity.MiniProgram;

/// <summary>Signing in to a mini program, and the phone number that its person shares.</summary>
public sealed class MiniProgramTests(MiniProgramTests.Fixture fixture) : IClassFixture<MiniProgramTests.Fixture>, IAsyncLifetime
{
    /// <summary>WeChat is waited for only a moment, for it goes away here.</summary>
    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
        [
            ("Upstreams:Timeout", "00:00:01"), ("Upstreams:Lease", "00:00:04"), ("Quotas:AddressPerMinute", "0"),
        ];
    }

    private readonly TestServer _server = fixture.Server;
    private readonly WeChatPerson _person = MiniCaller.NewPerson();

    private MiniCaller _caller = null!;

    public async ValueTask InitializeAsync() => _caller = await MiniCaller.OfAsync(_server, await _server.NewAppAsync());

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public static TheoryData<string, string?, string> LoginMistakes { get; } = new()
    {
        { "{body}",             "",              nameof(Common.BodyMissing) },
        { "oauth_consumer_key", null,            nameof(E.ParameterMissing) },
        { "oauth_consumer_key", "",              nameof(E.ParameterMissing) },
        { "code",               null,            nameof(E.ParameterMissing) },
        { "code",               "",              nameof(E.ParameterMissing) },
        { "oauth_consumer_key", "abc",           nameof(E.ConsumerKeyUnknown) },
        { "oauth_consumer_key", "999999999",     nameof(E.ConsumerKeyUnknown) },
        { "oauth_consumer_key", "100000002",     nameof(E.ConsumerKeyUnknown) }, // it has no mini program
        { "oauth_consumer_key", "{long}",        nameof(E.ConsumerKeyUnknown) },
        { "{fault}",            "upstream-down", nameof(E.WeChatUnavailable) },
        { "{fault}",            "upstream-slow", nameof(E.WeChatUnavailable) },
        { "code",               "forged",        nameof(E.CodeExpired) },
        { "code",               "{long}",        nameof(E.CodeExpired) },
        { "code",               "{used}",        nameof(E.CodeExpired) },
        { "{account}",          "wrong secret",  nameof(E.SignInFailed) },
    };

    public static TheoryData<string, string?, string> PhoneMistakes { get; } = new()
    {
        { "{body}",             "",                    nameof(Common.BodyMissing) },
        { "oauth_consumer_key", null,                  nameof(E.ParameterMissing) },
        { "wxid",               null,                  nameof(E.WxidMissing) },
        { "wxid",               "",                    nameof(E.WxidMissing) },
        { "session_key",        null,                  nameof(E.SessionKeyMissing) },
        { "session_key",        "",                    nameof(E.SessionKeyMissing) },
        { "encryptedData",      null,                  nameof(E.ParameterMissing) },
        { "iv",                 null,                  nameof(E.ParameterMissing) },
        { "oauth_consumer_key", "999999999",           nameof(E.ConsumerKeyUnknown) },
        { "wxid",               "short",               nameof(E.WxidUnknown) },
        { "wxid",               "{long}",              nameof(E.WxidUnknown) },
        { "wxid",               "AAAAAAAAAAAAAAAAAAAAAA", nameof(E.WeChatUserUnknown) },
        { "session_key",        "forged",              nameof(E.WxidUnknown) },
        { "session_key",        "{of another}",        nameof(E.WxidUnknown) },
        { "session_key",        "{of before}",         nameof(E.WxidUnknown) },
        { "{fault}",            "upstream-down",       nameof(E.WeChatUnavailable) },
        { "code",               "forged",              nameof(E.CodeExpired) },
        { "iv",                 "forged",              nameof(E.DecryptionFailed) },
        { "encryptedData",      "Zm9yZ2Vk",            nameof(E.DecryptionFailed) },
        { "encryptedData",      "{tampered}",          nameof(E.DecryptionFailed) },
        { "encryptedData",      "{of another mini program}", nameof(E.DecryptionFailed) },
        { "encryptedData",      "{without a number}",  nameof(E.PhoneNumberUnavailable) },
        { "code",               "{without a number}",  nameof(E.PhoneNumberUnavailable) },
    };

    [Theory, MemberData(nameof(LoginMistakes))]
    public async Task Each_mistake_of_a_login_earns_its_error(string parameter, string? value, string expected)
    {
        if (parameter is "{account}")
            await _server.Get<WeChatAccounts>().TryPutAsync(_caller.Account with { Secret = "wrong" }, default);
        var code = _caller.Code(_person);
        if (value is "{used}")
            await (await _caller.Identity.PostAsync("/wechat/mini/login", ("oauth_consumer_key", _caller.Identity.AppId), ("code", code)))
                .ShouldServeAsync();

        (string, string?)[] good = [("oauth_consumer_key", _caller.Identity.AppId), ("code", code)];
        await BrokenAsync(parameter, value, "identity.miniLogin", async () => await (await _caller.Identity.PostAsync(
            "/wechat/mini/login", Changed(good, parameter, value is "{used}" ? code : value))).ShouldBeAsync(Named(expected)));
    }

    [Theory]
    [InlineData(1024)]
    [InlineData(1025)]
    [InlineData(100_000)] // WeChat would take no address of that length, and it would look like WeChat's fault
    public async Task A_code_of_any_length_is_the_callers_mistake(int length)
    {
        var session = await _caller.SignInAsync(_person);
        (string, string?)[] fields =
        [
            ("oauth_consumer_key", _caller.Identity.AppId), ("wxid", session.Wxid), ("session_key", session.Key),
            ("code", new string('x', length)),
        ];
        await (await _caller.Identity.PostAsync("/wechat/mini/login", fields)).ShouldBeAsync(E.CodeExpired);
        await (await _caller.Identity.PostAsync("/wechat/mini/phone", fields)).ShouldBeAsync(E.CodeExpired);
    }

    [Theory, MemberData(nameof(PhoneMistakes))]
    public async Task Each_mistake_with_a_phone_number_earns_its_error(string parameter, string? value, string expected)
    {
        var before = await _caller.SignInAsync(_person);
        var session = await _caller.SignInAsync(_person);
        var (data, iv) = _caller.EncryptedPhone(_person);
        var nobody = MiniCaller.NewPerson(phone: null);
        var made = value switch
        {
            "{of another}" => (await _caller.SignInAsync(MiniCaller.NewPerson())).Key,
            "{of before}" => before.Key,
            "{tampered}" => data[..^8] + (data[^8] is 'A' ? 'B' : 'A') + data[^7..],
            "{of another mini program}" => _caller.EncryptedPhone(_person, "wxother").Data,
            "{without a number}" when parameter is "code" => _caller.PhoneCode(nobody),
            "{without a number}" => _caller.Encrypted(_person, new
            {
                nickName = "x",
                watermark = new { appid = _caller.Account.WeChatAppId, timestamp = 1 },
            }).Data,
            _ => value,
        };
        (string, string?)[] good =
        [
            ("oauth_consumer_key", _caller.Identity.AppId), ("wxid", session.Wxid), ("session_key", session.Key),
            ("encryptedData", data), ("iv", iv),
        ];
        if (parameter is "{fault}")
            good = [.. good, ("code", _caller.PhoneCode(_person))];

        await BrokenAsync(parameter, value, "identity.miniPhone", async () => await (await _caller.Identity.PostAsync(
            "/wechat/mini/phone", Changed(good, parameter, made))).ShouldBeAsync(Named(expected)));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order()
    {
        string[] elsewhere = [nameof(Common.HttpsRequired), nameof(Common.CallsThrottled)];
        LoginMistakes.Select(row => row.Data.Item3).ShouldBreak(MiniLogin.Rules, elsewhere);
        PhoneMistakes.Select(row => row.Data.Item3).ShouldBreak(MiniPhone.Rules, elsewhere);
    }

    [Fact]
    public async Task Of_two_mistakes_the_earlier_rule_answers() => await Assert.AllAsync(
        PhoneMistakes.Select(row => row.Data).Where(row => row.Item1[0] is not '{' && row.Item2 is not ['{', ..])
            .InPairs(row => row.Item1, row => row.Item3), async pair =>
            {
                var session = await _caller.SignInAsync(_person);
                var (data, iv) = _caller.EncryptedPhone(_person);
                (string, string?)[] good =
                [
                    ("oauth_consumer_key", _caller.Identity.AppId), ("wxid", session.Wxid), ("session_key", session.Key),
                    ("encryptedData", data), ("iv", iv),
                ];
                // With a code nothing is looked for in the data.
                if ((pair.Earlier.Item1, pair.Later.Item1) is ("code", _) or (_, "code") && pair.Earlier.Item1 is "encryptedData" or "iv")
                    return;

                await (await _caller.Identity.PostAsync(
                    "/wechat/mini/phone",
                    Changed(Changed(good, pair.Earlier.Item1, pair.Earlier.Item2), pair.Later.Item1, pair.Later.Item2)))
                    .ShouldBeAsync(Named(pair.Earlier.Item3));
            });

    [Fact]
    public async Task A_WeChat_that_is_not_there_is_told_from_a_wrong_code()
    {
        using var taken = new System.Net.Sockets.Socket(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
        taken.Bind(new System.Net.IPEndPoint(System.Net.IPAddress.Loopback, 0)); // and nobody listens there
        await _server.Get<WeChatAccounts>().TryPutAsync(_caller.Account with { BaseUrl = $"http://{taken.LocalEndPoint}" }, default);
        await (await _caller.LoginAsync(_person)).ShouldBeAsync(E.WeChatUnavailable);
    }

    [Fact]
    public async Task The_key_of_WeChat_never_leaves_the_server()
    {
        var text = await (await _caller.LoginAsync(_person)).Content.ReadAsStringAsync();
        Assert.DoesNotContain(_server.Get<WeChatMemory>().SessionKey(WeChatPeople.Accounts[1], _person, renew: false), text);
        Assert.Contains("\"bound\":false", text);
    }

    [Fact]
    public async Task A_number_is_shared_by_a_code_and_by_encrypted_data()
    {
        var session = await _caller.SignInAsync(_person);
        var (data, iv) = _caller.EncryptedPhone(_person);
        foreach (var proof in new (string, string?)[][] { [("code", _caller.PhoneCode(_person))], [("encryptedData", data), ("iv", iv)] })
        {
            var json = await (await _caller.Identity.PostAsync("/wechat/mini/phone",
                [("oauth_consumer_key", _caller.Identity.AppId), ("wxid", session.Wxid), ("session_key", session.Key), .. proof]))
                .ShouldServeAsync();
            Assert.Equal(
                ("13900139009", "86"), (json.GetProperty("purePhoneNumber").GetString(), json.GetProperty("countryCode").GetString()));
        }
    }

    [Fact]
    public async Task Somebody_who_is_bound_is_told_so_and_trades_the_ticket_for_tokens()
    {
        var account = await _caller.BindAsync(_person);
        var session = await _caller.SignInAsync(_person);
        Assert.True(session.IsBound);
        var tokens = IdentityCaller.Read(await (await _caller.ExchangeAsync(session.UserTicket)).ShouldServeAsync());
        Assert.Equal((await _caller.Identity.SignInAsync(account.Name)).OpenId, tokens.OpenId);
    }

    private async Task BrokenAsync(string parameter, string? fault, string target, Func<Task> thenAsync)
    {
        if (parameter is not "{fault}")
        {
            await thenAsync();
            return;
        }

        await using (await fixture.BreakAsync(new { target, fault }))
            await thenAsync();
    }

    private static (string, string?)[] Changed((string Name, string? Value)[] good, string parameter, string? value) => parameter switch
    {
        "{body}" => [],
        ['{', ..] => good,
        _ => [.. good.Where(field => field.Name != parameter), (parameter, value?.Replace("{long}", new string('a', 5000)))],
    };

    private static ErrorDefinition Named(string name) => E.All.Concat(Common.All).First(error => error.Name == name);
}
