using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Tests.Http;

/// <summary>An app with a mini program at the sandbox's WeChat, and the phones of its people.</summary>
internal sealed class MiniCaller
{
    private readonly TestServer _server;

    private MiniCaller(TestServer server, DemoData.DemoApp app) => (_server, Identity) = (server, new IdentityCaller(server, app));

    public IdentityCaller Identity { get; }

    public WeChatAccount Account => WeChatPeople.Accounts.Single(account => account.Kind is WeChatKind.MiniProgram) with
    {
        AppId = Identity.App.ClientId,
    };

    public static async Task<MiniCaller> OfAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = new MiniCaller(server, app);
        Assert.True(await server.Get<WeChatAccounts>().TryPutAsync(caller.Account, default));
        return caller;
    }

    /// <summary>Somebody whom no other test knows.</summary>
    public static WeChatPerson NewPerson(string? phone = "13900139009") => new($"person {Guid.NewGuid():n}", "某人", phone);

    /// <summary>A mobile number of the mainland that nobody has.</summary>
    public static string NewPhone() => $"19{Storage.Samples.NewId() % 1_000_000_000:D9}";

    /// <summary>What wx.login gives.</summary>
    public string Code(WeChatPerson person) => Memory.Issue(WeChatHandle.LoginCode, Sandboxed, person, "", WeChatApi.CodeLifetime);

    /// <summary>What the button for the phone number gives.</summary>
    public string PhoneCode(WeChatPerson person) => Memory.Issue(WeChatHandle.PhoneCode, Sandboxed, person, "", WeChatApi.CodeLifetime);

    /// <summary>The same, encrypted for the mini program of that id.</summary>
    public (string Data, string Iv) Encrypted(WeChatPerson person, object content)
    {
        using var aes = System.Security.Cryptography.Aes.Create();
        aes.Key = Convert.FromBase64String(Memory.SessionKey(Sandboxed, person, renew: false));
        var iv = new byte[16];
        var data = aes.EncryptCbc(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(content), iv);
        return (Convert.ToBase64String(data), Convert.ToBase64String(iv));
    }

    public (string Data, string Iv) EncryptedPhone(WeChatPerson person, string? weChatAppId = null) => Encrypted(person, new
    {
        phoneNumber = "+8613900139009",
        purePhoneNumber = "13900139009",
        countryCode = 86,
        watermark = new { timestamp = 1, appid = weChatAppId ?? Account.WeChatAppId },
    });

    public Task<HttpResponseMessage> LoginAsync(WeChatPerson person) =>
        Identity.PostJsonAsync("/wechat/mini/login", new { oauth_consumer_key = Identity.AppId, code = Code(person) });

    public async Task<Session> SignInAsync(WeChatPerson person)
    {
        var json = await (await LoginAsync(person)).ShouldServeAsync();
        return new Session(
            json.GetProperty("wxid").GetString()!, json.GetProperty("session_key").GetString()!,
            json.GetProperty("bound").GetBoolean(), json.GetProperty("user_ticket").GetString()!);
    }

    public async Task<string> TicketAsync(WeChatPerson? person = null) => (await SignInAsync(person ?? NewPerson())).UserTicket;

    public Task<HttpResponseMessage> SendCodeAsync(string ticket, string phone) =>
        Identity.PostJsonAsync("/user/verification_code", new { user_ticket = ticket, phone });

    /// <summary>The code that was sent last.</summary>
    public string CodeSentTo(string phone) => _server.Get<SandboxMessages>().List("+86" + phone).First().Code;

    public async Task<string> ProveAsync(string ticket, string phone)
    {
        await (await SendCodeAsync(ticket, phone)).ShouldServeAsync();
        return CodeSentTo(phone);
    }

    public Task<HttpResponseMessage> BindAsync(string ticket, string phone, string code, params (string Name, string? Value)[] more) =>
        Identity.PostAsync("/user/bind", [("user_ticket", ticket), ("phone", phone), ("verification_code", code), .. more]);

    public Task<HttpResponseMessage> ExchangeAsync(string ticket) =>
        Identity.PostAsync("/user/ticket/exchange", [.. Identity.Proof, ("user_ticket", ticket)]);

    /// <summary>The person is bound to an account of their own from now on.</summary>
    public async Task<Account> BindAsync(WeChatPerson person)
    {
        var account = Storage.Samples.NewAccount();
        Assert.True(await _server.Get<IAccountStore>().TryAddAsync(account, default));
        await BindAsync(person, account.Id);
        return account;
    }

    /// <summary>The same, to that account; whoever of the mini program is bound to it already stays so.</summary>
    public Task BindAsync(WeChatPerson person, long accountId) => _server.Get<IBindingStore>().TryAddAsync(
        new Binding(
            new ThirdPartyIdentity("wechat", Account.WeChatAppId, person.OpenIdAt(Account.WeChatAppId), person.UnionId), accountId,
            Identity.App.DeveloperId, DateTimeOffset.UnixEpoch), default);

    private WeChatMemory Memory => _server.Get<WeChatMemory>();

    /// <summary>As the sandbox's WeChat knows it, whichever app here it is of.</summary>
    private static WeChatAccount Sandboxed => WeChatPeople.Accounts.Single(account => account.Kind is WeChatKind.MiniProgram);

    internal sealed record Session(string Wxid, string Key, bool IsBound, string UserTicket);
}
