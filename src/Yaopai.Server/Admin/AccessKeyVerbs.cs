using System.CommandLine;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Admin;

/// <summary><c>user access-key</c>: what an app has to show to act for a person.</summary>
internal static class AccessKeyVerbs
{
    public static Command Command(Shell shell) =>
        new("access-key", "A user's Access Key. An organisation's app sends it to act for this user alone.")
        {
            Issue(shell),
            Show(shell),
            Withdraw(shell),
        };

    private static Command Issue(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Change(
            "issue", "Issues a new Access Key and shows it once. The previous key stops working.", [who],
            async (platform, result, ct) =>
            {
                var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
                var text = AccessKey.NewText();
                var key = AccessKey.Of(account.Id, text, platform.Now);
                await platform.Get<IAccessKeyStore>().PutAsync(key, ct);

                await shell.ShowAsync(
                    result,
                    [new("id", account.Id), new("name", account.Name), Field.Secret("access_key", text), new("issued_at", key.IssuedAt)]);
                await shell.Terminal.Error.WriteLineAsync("The Access Key is shown only once: save it now.");
            });
    }

    private static Command Show(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Verb("show", "Says whether a user has an Access Key, and since when.", [who], async (platform, result, ct) =>
        {
            var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
            var key = await platform.Get<IAccessKeyStore>().FindAsync(account.Id, ct);
            await shell.ShowAsync(
                result,
                [new("id", account.Id), new("name", account.Name), new("issued", key is not null), new("issued_at", key?.IssuedAt)]);
        });
    }

    private static Command Withdraw(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Change(
            "withdraw", "Revokes a user's Access Key. Later calls with it are refused.", [who], async (platform, result, ct) =>
            {
                var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
                var withdrawn = await platform.Get<IAccessKeyStore>().TryRemoveAsync(account.Id, ct);
                await shell.ShowAsync(result, [new("id", account.Id), new("name", account.Name), new("withdrawn", withdrawn)]);
            });
    }
}
