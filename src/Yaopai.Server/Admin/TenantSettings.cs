using System.CommandLine;
using System.Globalization;
using Yaopai.Server.Admin.Resources;

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

    public TenantChange Read(ParseResult result) => new()
    {
        ContactName = Text(result, _contact),
        Scale = Text(result, _scale),
        Registered = Number(result, _registered),
        Type = Number(result, _type),
        LicensedFrom = Instant(result, _from),
        LicensedUntil = Instant(result, _until),
    };

    private static Choice<string?>? Text(ParseResult result, Option<string?> option) => result.GetValue(option) switch
    {
        null => null,
        "" => Choice.Of<string?>(null),
        var text => Choice.Of<string?>(text),
    };

    private static int? Number(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;

    private static Choice<DateTimeOffset?>? Instant(ParseResult result, Option<string?> option) =>
        result.GetValue(option) is { } text ? Choice.Of<DateTimeOffset?>(Formats.TryInstant(text, out var instant) ? instant : null) : null;
}
