using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>What is WeLink's alone.</summary>
internal sealed class WeLinkProfile(IOptions<WeLinkGrantOptions> options) : SurfaceProfile
{
    /// <summary>What a person signs in for: a back office, one that is signed in to by a QR code, and a page inside the client.</summary>
    public const string BackOffice = "backendlogin", QrSignIn = "snsapi_login", InClient = "authcode";

    /// <summary>The parts of the platform that the operator opens to an app.</summary>
    public const string ContactRead = "contact_read", ContactSync = "contact_sync", Message = "message", Todo = "todo",
        Knowledge = "knowledge", Attendance = "attendance", Ai = "ai", Market = "market";

    /// <summary>How long a QR code waits to be scanned and answered.</summary>
    private static readonly TimeSpan s_qrCode = TimeSpan.FromMinutes(5);

    private static readonly Scope[] s_scopes =
    [
        new(BackOffice,  new("登录管理后台并识别您的企业账号", "To sign you in to its back office with your company account"), IsOpen: true),
        new(QrSignIn,    new("扫码登录并识别您的企业账号", "To sign you in by QR code with your company account"), IsOpen: true),
        new(InClient,    new("在客户端内识别您的企业账号", "To recognise your company account inside the client"), IsOpen: true),
        OfApps(ContactRead, "读取通讯录", "Read the contacts"),
        OfApps(ContactSync, "同步通讯录", "Synchronise the contacts"),
        OfApps(Message,     "发送消息", "Send messages"),
        OfApps(Todo,        "管理待办", "Manage to-do tasks"),
        OfApps(Knowledge,   "发布知识", "Publish knowledge"),
        OfApps(Attendance,  "读取考勤", "Read attendance"),
        OfApps(Ai,          "文字和人脸识别", "Recognise text and faces"),
        OfApps(Market,      "读取云市场购买信息", "Read marketplace purchases"),
    ];

    /// <summary>What an operator may open to an app, and a token of the app then carries.</summary>
    public static IReadOnlyList<string> AppScopes { get; } = [.. s_scopes.Where(scope => !scope.IsOfUser).Select(scope => scope.Name)];

    public override string Slug => "welink";

    public override CredentialProfile Credentials { get; } = new()
    {
        Realm = 7,
        Kinds = new HashSet<CredentialKind>
        {
            CredentialKind.Code, CredentialKind.AccessToken, CredentialKind.AppToken, CredentialKind.Ticket, CredentialKind.DeviceCode,
        },
        Text = new Base64UrlText(),
        NamesTenant = true,
        Lifetimes = new Lifetimes(
            options.Value.CodeLifetime, options.Value.AccessTokenLifetime, RefreshToken: default, DeviceCode: s_qrCode, UserCode: s_qrCode,
            PollInterval: default)
        {
            Ticket = options.Value.TicketLifetime,
        },
    };

    public override IReadOnlyList<Scope> Scopes => s_scopes;

    public override string DefaultScope => BackOffice;

    public override IReadOnlyList<string> DemoScopesOf(string app) => AppScopes;

    /// <summary>What a token opens, beside what its person signed in for: what the operator opened to the app by then.</summary>
    public static string OpenTo(App app, string signedInFor = "") => string.Join(
        ' ', [.. AppScopes.Where(app.ApprovedScopes.Contains), .. signedInFor is "" ? [] : new[] { signedInFor }]);

    private static Scope OfApps(string name, string zh, string en) => new(name, new(zh, en)) { IsOfUser = false };
}
