using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin;

/// <summary><c>keys</c>: the installation's keys, which turn by themselves every day.</summary>
internal static class KeysVerbs
{
    private static readonly string[] s_columns = ["kind", "state", "valid_from", "made_for", "id"];

    public static Command Command(Shell shell) => new("keys", "The installation's keys. They rotate automatically every day.")
    {
        List(shell),
        Rotate(shell),
    };

    private static Command List(Shell shell) =>
        shell.Verb("list", "Lists the keys, but not their values.", [], async (platform, result, ct) =>
    {
        var keys = (await platform.Get<KeyAdministration>().ListAsync(ct)).Select(KeyAdministration.FieldsOf);
        await shell.Out.WriteAsync(result.GetValue(shell.Json) ? Fields.ToJson(keys) : Table.Of(keys, s_columns));
    });

    private static Command Rotate(Shell shell)
    {
        var kind = new Argument<string>("kind")
        {
            Description =
                "sealing (credentials), signing (tokens with RS256 and PS256), elliptic (with ES256) or personal (personal data).",
        };
        kind.AcceptOnlyFromAmong([.. KeyAdministration.Kinds]);

        return shell.Verb("rotate",
            "Creates a new key at once. Everything sealed or signed earlier stays valid, also for anyone who holds a leaked key; "
            + "a running server uses the new key within a minute.",
            [kind], async (platform, result, ct) => await shell.ShowAsync(result, KeyAdministration.FieldsOf(
                await platform.Get<KeyAdministration>().RotateAsync(Actor.AtCommandLine, result.GetRequiredValue(kind), ct))));
    }
}
