using System.CommandLine;
using System.Globalization;
using Yaopai.Errors;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin;

/// <summary>The options that <c>tenant create</c> and <c>tenant change</c> have in common.</summary>
internal sealed class TenantSettings
{
    private readonly Option<string?> _contact = Inputs.Text("--contact", "text", "The contact person; '' for none.",
        Inputs.OrEmpty(Formats.Name));

    private readonly Option<string?> _scale = Inputs.Text("--scale", "text", "The size that the organisation states: 51-100; '' for none.",
        Inputs.OrEmpty(Formats.Name));

    private readonly Option<string?> _registered = Inputs.Text("--registered", "n", "The number of people registered.", Formats.Number);

    private readonly Option<string?> _type = Inputs.Text("--type", "n", "A type number of your own; apps can read it.", Formats.Number);

    private readonly Option<string?> _from = Inputs.Text("--licensed-from", "date",
        "The beginning of its licence, in UTC: 2026-01-31, 2026-01-31T08:00:00Z; '' for always.", Inputs.OrEmpty(Formats.Instant));

    private readonly Option<string?> _until = Inputs.Text("--licensed-until", "date",
        "The end of its licence, in UTC; '' for never.", Inputs.OrEmpty(Formats.Instant));

    public Symbol[] Symbols => [_contact, _scale, _registered, _type, _from, _until];

    public Tenant Apply(ParseResult result, Tenant tenant)
    {
        var applied = tenant with
        {
            ContactName = Text(result, _contact, tenant.ContactName),
            Scale = Text(result, _scale, tenant.Scale),
            Registered = Number(result, _registered, tenant.Registered),
            Type = Number(result, _type, tenant.Type),
            LicensedFrom = Instant(result, _from, tenant.LicensedFrom),
            LicensedUntil = Instant(result, _until, tenant.LicensedUntil),
        };
        return applied.LicensedFrom >= applied.LicensedUntil
            ? throw CommandException.WrongUsage(OperatorErrors.Organisations.LicenceReversed,
                $"The licence begins on {Field.Instant(applied.LicensedFrom.Value)} and ends on "
                + $"{Field.Instant(applied.LicensedUntil.Value)}.")
            : applied;
    }

    private static string? Text(ParseResult result, Option<string?> option, string? known) => result.GetValue(option) switch
    {
        null => known,
        "" => null,
        var text => text,
    };

    private static int Number(ParseResult result, Option<string?> option, int known) =>
        result.GetValue(option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : known;

    private static DateTimeOffset? Instant(ParseResult result, Option<string?> option, DateTimeOffset? known) =>
        result.GetValue(option) is { } text ? (Formats.TryInstant(text, out var instant) ? instant : null) : known;
}
