using System.Globalization;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Surfaces.Identity.Gateway;

namespace Yaopai.Tests.Http;

/// <summary>An app of an organisation that calls the signed gateway.</summary>
internal sealed class GatewayCaller(TestServer server, DemoData.DemoApp app)
{
    public const string Root = "/identity/gateway/";

    /// <summary>Whom the sandbox's WeChat knows as that person.</summary>
    public static WeChatPerson Follower { get; } = WeChatPeople.Find("xiaoxin")!;

    public DemoData.DemoApp App => app;

    public static string Now(TimeSpan offset = default) =>
        (DateTimeOffset.UtcNow + offset).ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>Signed, with one or the other parameter in another way; null leaves it out.</summary>
    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] parameters) =>
        server.Http.PostAsync(Root + path, HuaweiCaller.Form(Sign(parameters)));

    public Task<HttpResponseMessage> GetAsync(string path, params (string Name, string? Value)[] parameters) => server.Http.GetAsync(
        Root + path + "?" + string.Join('&', Sign(parameters).Select(one => $"{one.Name}={Uri.EscapeDataString(one.Value!)}")));

    /// <summary>A nonce makes each call another one, within one second too.</summary>
    public (string Name, string? Value)[] Sign(
        (string Name, string? Value)[] changes, SignatureMethod method = SignatureMethod.Md5, string? secret = null)
    {
        (string Name, string? Value)[] usual =
            [("appid", $"{app.ClientId}"), ("datetime", Now()), ("nonce", Guid.NewGuid().ToString("n"))];
        (string Name, string? Value)[] sent =
        [
            .. usual.Where(one => changes.All(change => change.Name != one.Name)),
            .. changes.Where(change => change.Value is not null && change.Name is not "signature"),
        ];
        if (changes.Any(change => change is { Name: "signature", Value: null }))
            return sent;

        var text = GatewaySignature.Scheme.BaseString(sent.Select(one => KeyValuePair.Create(one.Name, one.Value!)), "signature");
        var signature = GatewaySignature.Scheme.Sign(method, text, secret ?? app.ClientSecret).ToUpperInvariant();
        return [.. sent, ("signature", changes.FirstOrDefault(change => change.Name is "signature").Value ?? signature)];
    }

    /// <summary>A person whom the app knows, and nobody else uses.</summary>
    public async Task<Account> NewPersonAsync(string? accessKey = null)
    {
        var id = Storage.Samples.NewId();
        var account = new Account
        {
            Id = id,
            Name = $"person {id}",
            PasswordHash = "none",
            Region = "CN",
            Nickname = "某人",
            CreatedAt = DateTimeOffset.UtcNow,
        };
        Assert.True(await server.Get<IAccountStore>().TryAddAsync(account, default));
        await server.Get<IConsentStore>().AddAsync(new Consent(id, app.ClientId, ["snsapi_base"], null, DateTimeOffset.UtcNow), default);
        if (accessKey is not null)
            await server.Get<IAccessKeyStore>().PutAsync(AccessKey.Of(id, accessKey, DateTimeOffset.UtcNow), default);
        return account;
    }

    /// <summary>Binds somebody of WeChat, whom the sandbox's does not know, to the person.</summary>
    /// <returns>Their OpenID at WeChat.</returns>
    public async Task<string> BindAsync(
        Account account, long? developerId = null, string weChatAppId = "wx1", string? openId = null)
    {
        openId ??= $"o-{Guid.NewGuid():n}";
        var identity = new ThirdPartyIdentity("wechat", weChatAppId, openId, UnionId: null);
        Assert.True(await server.Get<IBindingStore>().TryAddAsync(
            new Binding(identity, account.Id, developerId ?? app.DeveloperId, DateTimeOffset.UnixEpoch), default));
        return openId;
    }

    /// <summary>Somebody whom the app knows, and who follows its official account: the same person for every app of a server.</summary>
    public async Task<Account> FollowerAsync()
    {
        var account = (await server.Get<IAccountStore>().FindAsync(DemoData.Users[1].Id, default))!;
        await server.Get<IConsentStore>().AddAsync(
            new Consent(account.Id, app.ClientId, ["snsapi_base"], null, DateTimeOffset.UtcNow), default);
        await (await WeChatScans.OfAsync(server, app)).BindAsync(Follower, account.Id);
        return account;
    }

    public string OpenIdOf(Account account) => server.Get<PairwiseIdentifiers>().OpenId(app.ClientId, account.Id);
}
