using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Events;

/// <summary>From what happens to a person to what the receiver of an app reads, over the whole server.</summary>
public sealed class DeliveryTests(DeliveryTests.SeldomPolling fixture) : IClassFixture<DeliveryTests.SeldomPolling>
{
    /// <summary>What this node writes it sends at once: no poll would come in time.</summary>
    public sealed class SeldomPolling : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Events:PollInterval", "00:01:00")];
    }

    private const string Oauth = "https://schemas.openid.net/secevent/oauth/event-type/";

    private readonly TestServer _server = fixture.Server;
    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    [Fact]
    public async Task Who_withdraws_consent_has_the_app_told_that_its_tokens_are_revoked()
    {
        await using var receiver = await SubscribeAsync(_demo);
        var info = await InfoAsync(_demo, "mainland", "openid profile");

        await _demo.WithdrawAsync("mainland");

        var received = Assert.Single(await receiver.WaitAsync(1));
        Assert.Equal(("POST", "/events", "application/json; charset=utf-8"), (received.Method, received.Path, received.ContentType));
        Assert.Equal(["iss", "aud", "iat", "jti", "events"], received.Json.EnumerateObject().Select(member => member.Name));
        Assert.Equal("id.cloud.huawei.com", received.Json.GetProperty("iss").GetString());
        Assert.Equal(_demo.ClientId, received.Json.GetProperty("aud").GetString());
        Assert.InRange(received.Json.GetProperty("iat").GetInt64(), DateTimeOffset.UtcNow.ToUnixTimeSeconds() - 120,
            DateTimeOffset.UtcNow.ToUnixTimeSeconds());
        Assert.Matches("^[0-9a-f]{32}$", received.Jti);

        Assert.Equal(Oauth + "tokens-revoked", received.Event.Name);
        Assert.Equal(["openid", "profile"], received.Event.Value.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        var subject = received.Event.Value.GetProperty("subject");
        Assert.Equal(["extra", "iss", "sub", "subject_type"], subject.EnumerateObject().Select(member => member.Name));
        Assert.Equal(info.GetProperty("openID").GetString(), subject.GetProperty("extra").GetString());
        Assert.Equal(info.GetProperty("unionID").GetString(), subject.GetProperty("sub").GetString());
        Assert.Equal(
            ("id.cloud.huawei.com", "iss_sub"), (subject.GetProperty("iss").GetString(), subject.GetProperty("subject_type").GetString()));
        await VerifyAsync(received);
    }

    [Fact]
    public async Task A_changed_password_tells_every_app_that_the_person_trusts()
    {
        await using var one = await SubscribeAsync(_demo);
        await using var two = await SubscribeAsync(_sibling);
        await _demo.SignInAsync("russia", "openid");
        await _sibling.SignInAsync("russia", "openid email");

        await _server.Get<Revoker>().RevokeAccountAsync(900003, default);

        var toDemo = Assert.Single(await one.WaitAsync(1));
        var toSibling = Assert.Single(await two.WaitAsync(1));
        Assert.Equal((Oauth + "tokens-revoked", Oauth + "tokens-revoked"), (toDemo.Event.Name, toSibling.Event.Name));
        Assert.Equal(["openid", "email"], toSibling.Event.Value.GetProperty("scopes").EnumerateArray().Select(scope => scope.GetString()));
        Assert.Equal(Sub(toDemo), Sub(toSibling)); // one developer, one UnionID
        Assert.NotEqual(toDemo.Jti, toSibling.Jti);
        await VerifyAsync(toDemo);
        await VerifyAsync(toSibling);
    }

    [Fact]
    public async Task Another_phone_number_is_told_to_apps_that_may_know_it_and_to_no_others()
    {
        await using var knows = await SubscribeAsync(_demo);
        await using var knowsNot = await SubscribeAsync(_sibling);
        await _demo.SignInAsync("hongkong", "openid quickLoginMobilePhone");
        await _sibling.SignInAsync("hongkong", "openid profile");
        var accounts = _server.Get<IAccountStore>();
        var account = (await accounts.FindAsync(900002, default))!;

        Assert.True(await accounts.TryChangeAsync(account with { Phones = [account.Phones[0] with { National = "61234568" }] }, default));

        var received = Assert.Single(await knows.WaitAsync(1));
        Assert.Equal(Oauth + "phone-modified", received.Event.Name);
        Assert.False(received.Event.Value.TryGetProperty("scopes", out _));
        await VerifyAsync(received);
        Assert.Empty(await _server.Http.EventsAsync(_sibling.App.ClientId).ContinueWith(all => all.Result.Where(
            stored => Kind(stored) is "phone-modified")));
        Assert.Empty(knowsNot.All);
    }

    [Fact]
    public async Task A_deleted_account_is_told_once_with_the_names_under_which_the_app_knew_it()
    {
        await using var receiver = await SubscribeAsync(_demo);
        var info = await InfoAsync(_demo, "unverified", "openid");

        Assert.True(await _server.Get<AccountDeletion>().TryDeleteAsync(900005, default));

        var received = Assert.Single(await receiver.WaitAsync(1));
        Assert.Equal("https://schemas.openid.net/secevent/risc/event-type/account-purged", received.Event.Name);
        Assert.Equal(info.GetProperty("unionID").GetString(), Sub(received));
        await VerifyAsync(received);
        Assert.Equal("account-purged", Kind((await _server.Http.EventsAsync(_demo.App.ClientId))[0]));
    }

    [Fact]
    public async Task An_app_without_a_callback_is_told_nothing()
    {
        var stranger = new HuaweiCaller(_server, HuaweiCaller.Stranger);
        await stranger.SignInAsync("mainland", "openid");

        await stranger.WithdrawAsync("mainland");

        Assert.Empty(await _server.Http.EventsAsync(stranger.App.ClientId));
    }

    private async Task<Receiver> SubscribeAsync(HuaweiCaller app)
    {
        var receiver = await Receiver.StartAsync();
        await _server.Http.SubscribeAsync(app.App.ClientId, receiver.Callback);
        return receiver;
    }

    private static async Task<JsonElement> InfoAsync(HuaweiCaller app, string user, string scope) =>
        await (await app.GetInfoAsync((await app.SignInAsync(user, scope)).Access)).JsonAsync();

    /// <summary>As a receiver does it: with nothing but the configuration and the published keys.</summary>
    private async Task VerifyAsync(Receiver.Received received)
    {
        var configuration = await (await _server.Http.GetAsync("/huawei/v1beta/public/risc/.well-known/risc-configuration")).JsonAsync();
        var keys = await (await _server.Http.GetAsync(configuration.GetProperty("jwks_uri").GetString())).JsonAsync();
        var parts = received.Bearer.Split('.');
        var header = Decode(parts[0]);
        var key = keys.GetProperty("keys").EnumerateArray().Single(
            key => key.GetProperty("kid").GetString() == header.GetProperty("kid").GetString());
        using var rsa = RSA.Create(new RSAParameters
        {
            Modulus = Bytes(key.GetProperty("n").GetString()!),
            Exponent = Bytes(key.GetProperty("e").GetString()!),
        });

        Assert.Equal("RS256", header.GetProperty("alg").GetString());
        Assert.True(rsa.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Bytes(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var claims = Decode(parts[1]);
        Assert.Equal(["iss", "aud", "iat", "exp", "jti"], claims.EnumerateObject().Select(claim => claim.Name));
        Assert.Equal(configuration.GetProperty("issuer").GetString(), claims.GetProperty("iss").GetString());
        Assert.Equal(received.Json.GetProperty("aud").GetString(), claims.GetProperty("aud").GetString());
        Assert.Equal(received.Jti, claims.GetProperty("jti").GetString());
        Assert.Equal(300, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    private static string Sub(Receiver.Received received) => received.Event.Value.GetProperty("subject").GetProperty("sub").GetString()!;

    private static string Kind(JsonElement stored) => stored.GetProperty("event").GetString()!;

    private static JsonElement Decode(string part) => JsonDocument.Parse(Bytes(part)).RootElement;

    private static byte[] Bytes(string base64Url) => System.Buffers.Text.Base64Url.DecodeFromChars(base64Url);
}
