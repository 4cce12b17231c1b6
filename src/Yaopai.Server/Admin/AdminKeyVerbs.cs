using System.CommandLine;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin;

/// <summary><c>admin-key</c>: who may use the admin API.</summary>
internal static class AdminKeyVerbs
{
    public const string Noun = AdminKeyAdministration.Kind;

    public static Command Command(Shell shell) =>
        new(Noun, "Admin keys: who may use the admin API, and what they may do there. Without one nobody may.")
        {
            Create(shell),
            List(shell),
            Show(shell),
            Rotate(shell),
            Revoke(shell),
        };

    private static Command Create(Shell shell)
    {
        var name = Inputs.Text("--name", "text", "Whose it is; unique among the keys that are not revoked.", Formats.Name, required: true);
        var role = new Option<string>("--role")
        {
            Description = "owner (everything), operator (everything but keys and admin keys), support (reads users, and helps them back "
                + "in) or auditor (reads everything).",
            Required = true,
        };
        role.AcceptOnlyFromAmong([.. AdminRoles.Names]);
        var expires = Expires("When it ends, in UTC; never by default.");

        return shell.Verb("create", "Creates an admin key and shows it once.", [name, role, expires], async (platform, result, ct) =>
        {
            var (key, text) = await platform.Get<AdminKeyAdministration>().CreateAsync(
                Actor.AtCommandLine, result.GetRequiredValue(name)!, AdminRoles.Named(result.GetRequiredValue(role)),
                ExpiryOf(result, expires), ct);
            await ShowSecretAsync(shell, platform, result, key, text);
        });
    }

    private static Command List(Shell shell)
    {
        var after = Inputs.Text("--after", "id", "Continues after this id, the last one on the previous page.", IdFault);

        return shell.Verb("list", "Lists the admin keys, but not their secrets.", [after, shell.Take], (platform, result, ct) =>
        {
            var keys = platform.Get<AdminKeyAdministration>();
            var from = result.GetValue(after) is { } text ? IdOf(text) : 0;
            return shell.PageAsync(
                result, $"{Noun} list", (take, ct) => keys.ListAsync(from, take, ct), keys.FieldsOf,
                ["id", "name", "role", "state", "expires_at", "last_used_at", "last_address"], ct);
        });
    }

    private static Command Show(Shell shell)
    {
        var id = Id();

        return shell.Verb("show", "Shows an admin key, but not its secret.", [id], async (platform, result, ct) =>
        {
            var keys = platform.Get<AdminKeyAdministration>();
            await shell.ShowAsync(result, keys.FieldsOf(await keys.FindAsync(result.GetValue(id), ct)));
        });
    }

    private static Command Rotate(Shell shell)
    {
        var id = Id();
        var overlap = Inputs.Number(
            "--overlap-hours", "For how many hours the present secret goes on to hold; 0 ends it now.", "n", least: 0,
            most: (int)AdminKeyAdministration.LongestOverlap.TotalHours, usual: (int)AdminKeyAdministration.UsualOverlap.TotalHours);
        var expires = Expires("When the key ends from now on, in UTC; unchanged by default.");

        return shell.Verb("rotate", "Gives an admin key a new secret and shows it once.", [id, overlap, expires],
            async (platform, result, ct) =>
            {
                var (key, text) = await platform.Get<AdminKeyAdministration>().RotateAsync(
                    Actor.AtCommandLine, result.GetValue(id), TimeSpan.FromHours(result.GetValue(overlap)), ExpiryOf(result, expires), ct);
                await ShowSecretAsync(shell, platform, result, key, text);
            });
    }

    private static Command Revoke(Shell shell)
    {
        var id = Id();

        return shell.Verb("revoke", "Ends an admin key at once and for good.", [id], async (platform, result, ct) =>
        {
            var keys = platform.Get<AdminKeyAdministration>();
            await shell.ShowAsync(result, keys.FieldsOf(await keys.RevokeAsync(Actor.AtCommandLine, result.GetValue(id), ct)));
        });
    }

    private static async Task ShowSecretAsync(Shell shell, Platform platform, ParseResult result, AdminKey key, string text)
    {
        var fields = platform.Get<AdminKeyAdministration>().FieldsOf(key);
        await shell.ShowAsync(result, [fields[0], Field.Secret("key", text), .. fields.Skip(1)]);
        await shell.Terminal.Error.WriteLineAsync("The key is shown only once: save it now.");
    }

    private static Argument<long> Id() => new("id")
    {
        Description = "The id of the admin key: 16 hexadecimal digits.",
        CustomParser = result =>
        {
            var text = result.Tokens[0].Value;
            if (IdFault(text) is { } fault)
                result.AddError($"An admin key's id {fault}, not '{text}'.");
            return IdOf(text);
        },
    };

    private static Option<string?> Expires(string description) =>
        Inputs.Text("--expires", "date", $"{description} 2026-12-31, 2026-12-31T08:00:00Z.", Formats.Instant);

    private static DateTimeOffset? ExpiryOf(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { } text && Formats.TryInstant(text, out var instant) ? instant : null;

    private static string? IdFault(string text) => AdminKeyText.TryReadId(text, out _) ? null : "has 16 hexadecimal digits";

    private static long IdOf(string text) => AdminKeyText.TryReadId(text, out var id) ? id : 0;
}
