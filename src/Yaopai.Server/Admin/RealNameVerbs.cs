using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Admin;

/// <summary><c>user real-name</c>: who a person is by their papers. Name and number go in and are never shown.</summary>
internal static class RealNameVerbs
{
    private const int UsualLevel = 20;

    private static readonly (string Name, RealNameState State)[] s_states =
    [
        ("not-verified", RealNameState.NotVerified),
        ("verified",     RealNameState.Verified),
        ("in-progress",  RealNameState.InProgress),
    ];

    public static Command Command(Shell shell) => new("real-name", "A user's real name: how far it is verified, and which apps used it.")
    {
        Set(shell),
        Show(shell),
        Clear(shell),
        Uses(shell),
    };

    private static Command Set(Shell shell)
    {
        var who = UserVerbs.Who();
        var name = Inputs.Text("--name", "text", "The name as in the person's identity papers.", NameFault, required: true);
        var number = new Option<string>("--number")
        {
            Description = "The identity number: 18 characters, GB 11643.",
            HelpName = "number",
            Required = true,
        };
        var level = new Option<int?>("--level")
        {
            Description = $"How strongly the name is verified: {string.Join(", ", RealName.Levels)}; {UsualLevel} by default when it is.",
            HelpName = "n",
        };
        var state = new Option<string?>("--state") { Description = "The state; verified by default." }.AcceptOnlyFromAmong(
            [.. s_states.Select(row => row.Name)]);

        return shell.Change("set", "Stores a user's real name, encrypted. Other users of this machine can see arguments.",
            [who, name, number, level, state],
            async (platform, result, ct) =>
            {
                var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
                var chosen = s_states.Single(row => row.Name == (result.GetValue(state) ?? "verified")).State;
                var known = result.GetValue(level) ?? (chosen is RealNameState.Verified ? UsualLevel : 0);
                if (!RealName.Fits(known, chosen))
                    throw CommandException.WrongUsage(OperatorErrors.Users.RealNameLevelUnfit,
                        $"--level is one of {string.Join(", ", RealName.Levels)}, and not {known} for this state.");

                if (!ResidentIdentityNumber.TryParse(result.GetRequiredValue(number), platform.Now, out var parsed, out var fault))
                    throw CommandException.WrongUsage(OperatorErrors.Users.IdentityNumberInvalid, $"--number {Say(fault)}.");

                await platform.Get<KeyRing>().LoadAsync(ct);
                var realName = new RealName(account.Id, result.GetRequiredValue(name)!, parsed.Text, known, chosen, platform.Now);
                await platform.Get<RealNameDirectory>().PutAsync(realName, ct);
                await shell.ShowAsync(result, FieldsOf(account.Id, known, chosen, realName.ChangedAt));
            });
    }

    private static Command Show(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Verb("show", "Shows how far a user's real name is verified, but not the name.", [who], async (platform, result, ct) =>
        {
            var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
            var stored = await platform.Get<RealNameDirectory>().FindAsync(account.Id, ct) ?? throw Missing(account.Id);
            await shell.ShowAsync(result, FieldsOf(account.Id, stored.Level, stored.State, stored.ChangedAt));
        });
    }

    private static Command Clear(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Change("clear", "Removes a user's real name.", [who], async (platform, result, ct) =>
        {
            var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
            if (!await platform.Get<RealNameDirectory>().TryRemoveAsync(account.Id, ct))
                throw Missing(account.Id);

            await shell.ShowAsync(result, [new("user", account.Id), new("real_name", "cleared")]);
        });
    }

    private static Command Uses(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Verb(
            "uses", "Lists the apps that used a user's real name, latest first.", [who, shell.Take], async (platform, result, ct) =>
            {
                var account = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
                var uses = (await platform.Get<IPersonalDataLog>().ListAsync(account.Id, result.GetValue(shell.Take), ct))
                    .Select(FieldsOf).ToList();
                await shell.Out.WriteAsync(result.GetValue(shell.Json) ? Fields.ToJson(uses) : Table.Of(uses, "at", "client_id", "what"));
            });
    }

    private static CommandException Missing(long id) => new(OperatorErrors.Users.RealNameMissing, $"User {id} has no real name.");

    private static string? NameFault(string value) =>
        RealName.IsName(value) ? null : "must have 1 to 48 letters, with dots, hyphens, apostrophes or spaces between them";

    private static string Say(IdentityNumberFault fault) => fault switch
    {
        IdentityNumberFault.Malformed => "must have 17 digits and then a digit or X",
        IdentityNumberFault.RegionUnknown => "begins with an unknown region code",
        IdentityNumberFault.BirthDateImpossible => "has a birth date (digits 7 to 14) that does not exist",
        IdentityNumberFault.BirthDateInFuture => "has a birth date (digits 7 to 14) in the future",
        _ => "is mistyped: its check character is wrong",
    };

    private static IReadOnlyList<Field> FieldsOf(long accountId, int level, RealNameState state, DateTimeOffset changedAt) =>
    [
        new("user",       accountId),
        new("state",      s_states.Single(row => row.State == state).Name),
        new("level",      level),
        new("changed_at", changedAt),
    ];

    private static IReadOnlyList<Field> FieldsOf(PersonalDataUse use) =>
    [
        new("at",        use.At),
        new("client_id", use.AppId),
        new("what",      use.What),
    ];
}
