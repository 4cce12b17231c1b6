using System.CommandLine;
using Yaopai.Server.Accounts;
using Yaopai.Server.Admin.Resources;

namespace Yaopai.Server.Admin;

/// <summary>The options that <c>user create</c> and <c>user change</c> have in common.</summary>
internal sealed class UserSettings
{
    private readonly Option<string?> _nickname = Inputs.Text("--nickname", "text", "The name that other people see; '' for none.",
        Inputs.OrEmpty(Formats.Name));

    private readonly Option<string?> _avatar = Inputs.Text("--avatar", "uri", "The https address of a picture; '' for none.",
        Inputs.OrEmpty(Formats.Avatar));

    private readonly Option<string?> _mail = Inputs.Text("--mail", "address", "A mail address; '' for none. Unverified by default.",
        Inputs.OrEmpty(Formats.Mail));

    private readonly Option<bool?> _mailVerified = Inputs.Flag("--mail-verified",
        "Marks the mail address as verified. --mail-verified false undoes it.");

    private readonly Option<string[]?> _profile = Inputs.Texts("--profile", "field=value",
        $"Fields of the profile: {string.Join(", ", ProfileFields.Names)}. Repeatable; 'job=' removes one.",
        FaultOfProfile);

    private readonly Option<string[]?> _phones = new("--phone")
    {
        Description = "Adds a verified phone number: +8611136000008, or as dialled in the region. "
            + "Repeatable. A user's first number is bound to the account.",
        HelpName = "number",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string[]?> RemovedPhones { get; } = new("--remove-phone")
    {
        Description = "Removes a phone number. Repeatable. If it was the bound one, the next is bound.",
        HelpName = "number",
        Arity = ArgumentArity.OneOrMore,
    };

    public Symbol[] Symbols => [_nickname, _avatar, _mail, _mailVerified, _profile, _phones];

    public UserChange Read(ParseResult result) => new()
    {
        Nickname = Changed(result, _nickname),
        AvatarUrl = Changed(result, _avatar),
        Mail = Changed(result, _mail),
        MailVerified = result.GetValue(_mailVerified),
        Profile = [.. (result.GetValue(_profile) ?? []).Select(NamedValue)],
        AddedPhones = result.GetValue(_phones) ?? [],
        RemovedPhones = result.GetValue(RemovedPhones) ?? [],
    };

    private static Choice<string?>? Changed(ParseResult result, Option<string?> option) => result.GetValue(option) switch
    {
        null => null,
        "" => Choice.Of<string?>(null),
        var given => Choice.Of<string?>(given),
    };

    public static string? FaultOfProfile(string text) =>
        text.Contains('=')
            ? ProfileFields.FaultOf(NamedValue(text).Name, NamedValue(text).Value)
            : "must be a field and its value: job=teacher";

    public static (string Name, string Value) NamedValue(string text) => (text.Split('=')[0], text[(text.IndexOf('=') + 1)..]);
}
