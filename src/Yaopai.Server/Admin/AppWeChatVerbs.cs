using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Events;
using Yaopai.Server.Keys;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Admin;

/// <summary><c>app wechat</c>: what an app is at WeChat.</summary>
internal static class AppWeChatVerbs
{
    private const int LongestSecret = 128;

    private static readonly string[] s_columns = ["kind", "wechat_app_id", "original_id", "push", "encrypted_push", "base_url"];

    public static Command Command(Shell shell) =>
        new("wechat", "The app's WeChat accounts: an official account, a mini program, or both.")
    {
        Set(shell),
        Show(shell),
        Remove(shell),
    };

    private static Command Set(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var kind = Kind();
        var weChatAppId = Inputs.Text("--wechat-app-id", "id", "The app's id at WeChat: wx….",
            value => IsName(value, "wx") ? null : "must begin with wx, followed by letters and digits", required: true);
        var originalId = Inputs.Text("--original-id", "id", "The account's original id, which pushes use: gh_….",
            value => IsName(value, "gh_") ? null : "must begin with gh_, followed by letters and digits");
        var baseUrl = Inputs.Text("--base-url", "uri", $"The address to use for WeChat instead of {WeChatAccount.PublicBaseUrl}; "
            + "a path means this server, for instance the sandbox: /sandbox/wechat.", FaultOfBase);

        return shell.Change("set",
            "Sets the account. Reads its secrets from standard input, one per line: the secret; the token that signs pushes; "
            + "the EncodingAESKey. The last two are optional.",
            [id, kind, weChatAppId, originalId, baseUrl],
            async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                var account = new WeChatAccount
                {
                    AppId = app.Id,
                    Kind = WeChatKinds.Named(result.GetRequiredValue(kind)),
                    WeChatAppId = result.GetRequiredValue(weChatAppId)!,
                    OriginalId = result.GetValue(originalId),
                    BaseUrl = result.GetValue(baseUrl) ?? WeChatAccount.PublicBaseUrl,
                    Secret = await ReadAsync(shell) ?? "",
                    PushToken = await ReadAsync(shell),
                    EncodingAesKey = await ReadAsync(shell),
                };
                if (FaultOf(account) is { } fault)
                    throw CommandException.WrongUsage(OperatorErrors.CommandLine.OptionRefused, fault);

                await platform.Get<KeyRing>().LoadAsync(ct);
                if (!await platform.Get<WeChatAccounts>().TryPutAsync(account, ct))
                    throw CommandException.WrongUsage(
                        OperatorErrors.CommandLine.OptionRefused, "--original-id belongs to another app, so pushes would be ambiguous.");
                await shell.ShowAsync(result, FieldsOf(account));
            });
    }

    private static Command Show(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);

        return shell.Verb("show", "Lists the app's accounts. Secrets are never shown.", [id], async (platform, result, ct) =>
        {
            var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
            await platform.Get<KeyRing>().LoadAsync(ct);
            var accounts = (await platform.Get<WeChatAccounts>().ListAsync(app.Id, ct)).Select(FieldsOf);
            await shell.Out.WriteAsync(result.GetValue(shell.Json) ? Fields.ToJson(accounts) : Table.Of(accounts, s_columns));
        });
    }

    private static Command Remove(Shell shell)
    {
        var id = Inputs.Id(AppVerbs.Noun);
        var kind = Kind();

        return shell.Change("remove", "Removes the account and its secrets.", [id, kind], async (platform, result, ct) =>
        {
            var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
            var named = result.GetRequiredValue(kind);
            var removed = await platform.Get<WeChatAccounts>().TryRemoveAsync(app.Id, WeChatKinds.Named(named), ct);
            await shell.ShowAsync(result, [new("client_id", app.Id), new("kind", named), new("removed", removed)]);
        });
    }

    private static Option<string> Kind() =>
        new Option<string>("--kind") { Description = "Which account.", Required = true }.AcceptOnlyFromAmong([.. WeChatKinds.Names]);

    /// <summary>The next line; null when it is empty or not there.</summary>
    private static async Task<string?> ReadAsync(Shell shell) =>
        await shell.Terminal.In.ReadLineAsync() is { } line && line.Trim() is { Length: > 0 } secret ? secret : null;

    private static bool IsName(string value, string prefix) =>
        value.StartsWith(prefix, StringComparison.Ordinal) && value.Length > prefix.Length && value.Length <= 64
        && value[prefix.Length..].All(char.IsAsciiLetterOrDigit);

    private static string? FaultOfBase(string value) => value switch
    {
        ['/', ..] when Platform.IsDevelopment => null,
        ['/', ..] => "may be a path only in Development",
        _ when value.Contains('?') => "must have no query",
        _ => Callback.FaultOf(value, Platform.IsDevelopment),
    };

    /// <summary>Never says a secret.</summary>
    private static string? FaultOf(WeChatAccount account) => account switch
    {
        { Secret.Length: 0 or > LongestSecret } =>
            $"The first line of standard input must be the secret, up to {LongestSecret} characters.",
        { PushToken: { } token } when token.Length is < 3 or > 32 || !token.All(char.IsAsciiLetterOrDigit) =>
            "The second line of standard input must be the token for pushes: 3 to 32 letters and digits.",
        { EncodingAesKey: { } key } when !PushCipher.IsKey(key) =>
            "The third line of standard input must be the EncodingAESKey: 43 letters and digits.",
        { PushToken: not null, OriginalId: null } => "--original-id is missing: pushes name the account with it.",
        _ => null,
    };

    private static IReadOnlyList<Field> FieldsOf(WeChatAccount account) =>
    [
        new("client_id",      account.AppId),
        new("kind",           WeChatKinds.NameOf(account.Kind)),
        new("wechat_app_id",  account.WeChatAppId),
        new("original_id",    account.OriginalId),
        new("push",           account.PushToken is not null),
        new("encrypted_push", account.EncodingAesKey is not null),
        new("base_url",       account.BaseUrl),
    ];
}
