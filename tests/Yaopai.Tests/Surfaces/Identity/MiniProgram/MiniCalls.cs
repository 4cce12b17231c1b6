using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Tests.Surfaces.Identity.MiniProgram;

/// <summary>For each endpoint of mini programs and of binding a call that succeeds.</summary>
public sealed class MiniCalls : SurfaceCalls
{
    private const string Root = IdentityCaller.Root;

    private static readonly GoodCall[] s_all =
    [
        new("MiniLogin", LoginAsync)
        {
            Target = "identity.miniLogin", FormPath = Root + "/wechat/mini/login", IsOfBrowsers = true, Tables = ["binding"],
        },
        new("MiniPhone", PhoneAsync)
        {
            Target = "identity.miniPhone", FormPath = Root + "/wechat/mini/phone", IsOfBrowsers = true, Tables = ["third_party_session"],
        },
        new("SendVerificationCode", SendAsync)
        {
            Target = "identity.sendVerificationCode", FormPath = Root + "/user/verification_code", IsOfBrowsers = true,
            Tables = ["verification_code"],
        },
        new("BindUser", BindAsync)
        {
            Target = "identity.bindUser", FormPath = Root + "/user/bind", IsOfBrowsers = true, IsGoodOnce = true, EndsItsToken = true,
            Tables = ["binding"],
        },
        new("UserTicketExchange", ExchangeAsync)
        {
            Target = "identity.userTicketExchange", FormPath = Root + "/user/ticket/exchange", IsGoodOnce = true, Tables = ["binding"],
        },
    ];

    internal override string Slug => "identity";

    internal override string Section => "Surfaces:Identity";

    internal override IReadOnlyList<GoodCall> All => s_all;

    internal override string UndocumentedFor(GoodCall call) => E.WeChat.SceneExpired.Number;

    /// <summary>The document has no row for it.</summary>
    internal override ErrorDefinition OkOf(GoodCall call) => throw new NotSupportedException();

    internal override Task ShouldSucceedAsync(GoodCall call, HttpResponseMessage response) => response.ShouldServeAsync();

    private static async Task<Func<Task<HttpResponseMessage>>> LoginAsync(TestServer server, DemoData.DemoApp app)
    {
        var (caller, person) = (await MiniCaller.OfAsync(server, app), MiniCaller.NewPerson());
        return () => caller.LoginAsync(person);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> PhoneAsync(TestServer server, DemoData.DemoApp app)
    {
        var (caller, person) = (await MiniCaller.OfAsync(server, app), MiniCaller.NewPerson());
        var session = await caller.SignInAsync(person);
        var (data, iv) = caller.EncryptedPhone(person);
        return () => caller.Identity.PostJsonAsync("/wechat/mini/phone", new
        {
            oauth_consumer_key = caller.Identity.AppId,
            wxid = session.Wxid,
            session_key = session.Key,
            encryptedData = data,
            iv,
        });
    }

    private static async Task<Func<Task<HttpResponseMessage>>> SendAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = await MiniCaller.OfAsync(server, app);
        var ticket = await caller.TicketAsync();
        return () => caller.SendCodeAsync(ticket, MiniCaller.NewPhone());
    }

    private static async Task<Func<Task<HttpResponseMessage>>> BindAsync(TestServer server, DemoData.DemoApp app)
    {
        var (caller, phone) = (await MiniCaller.OfAsync(server, app), MiniCaller.NewPhone());
        var ticket = await caller.TicketAsync();
        var code = await caller.ProveAsync(ticket, phone);
        return () => caller.BindAsync(ticket, phone, code);
    }

    private static async Task<Func<Task<HttpResponseMessage>>> ExchangeAsync(TestServer server, DemoData.DemoApp app)
    {
        var (caller, person) = (await MiniCaller.OfAsync(server, app), MiniCaller.NewPerson());
        await caller.BindAsync(person);
        var ticket = await caller.TicketAsync(person);
        return () => caller.ExchangeAsync(ticket);
    }
}
