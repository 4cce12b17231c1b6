using Yaopai.Server.Accounts.Bindings;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.Identity.OAuth;
using Yaopai.Server.Surfaces.Identity.WeChat;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Surfaces.Identity.MiniProgram;

/// <summary>What mini programs are served with.</summary>
internal sealed record MiniSessions(
    CallerKit Callers, WeChatAccounts Accounts, WeChatClient Client, ThirdPartySessions Sessions, SocialSignIn SignIn);

/// <summary>A request of a mini program.</summary>
internal abstract class MiniRequest(Call call, MiniSessions kit, string target)
{
    public string this[string parameter] => call.Parameters[parameter];

    public Call Call => call;

    public AppCaller Caller { get; } = new(call, kit.Callers, target);

    /// <summary>Under the name that these endpoints document, or under the others.</summary>
    public string ConsumerKey => KeyOf(call);

    public bool IsEmpty => !call.HasBody && call.Parameters.Items.Count == 0;

    /// <summary>The mini program of the app at WeChat.</summary>
    public WeChatAccount Account { get; private set; } = null!;

    /// <summary>What WeChat said no with; null where it said yes, or was not asked.</summary>
    public WeChatFault? Fault { get; protected set; }

    protected MiniSessions Kit => kit;

    public static string KeyOf(Call call) =>
        call.Parameters["oauth_consumer_key"] is { Length: > 0 } key ? key : AppCaller.IdOf(call);

    public async ValueTask<bool> FindAccountAsync()
    {
        if (call.App is not { IsEnabled: true } app
            || await kit.Accounts.FindAsync(app.Id, WeChatKind.MiniProgram, call.Ct) is not { } account)
            return false;

        Account = account;
        return true;
    }
}
