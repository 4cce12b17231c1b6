using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Admin;

/// <summary>The options that <c>user create</c> and <c>user change</c> have in common.</summary>
internal sealed class UserSettings
{
    private readonly Option<string?> _nickname = Inputs.Text("--nickname", "text", "What others read; '' for none.",
        Inputs.OrEmpty(Formats.Name));

    private readonly Option<string?> _avatar = Inputs.Text("--avatar", "uri", "An https address of a picture; '' for none.",
        Inputs.OrEmpty(Formats.Avatar));

    private readonly Option<string?> _mail = Inputs.Text("--mail", "address", "A mail address; '' for none. Not verified unless said so.",
        Inputs.OrEmpty(Formats.Mail));

    private readonly Option<bool?> _mailVerified = Inputs.Flag("--mail-verified",
        "The mail address has been proved to be the person's. --mail-verified false takes it back.");

    private readonly Option<string[]?> _profile = Inputs.Texts("--profile", "field=value",
        $"What the person tells of themselves: {string.Join(", ", ProfileFields.Names)}. Repeatable; 'job=' takes one back.",
        FaultOfProfile);

    private readonly Option<string[]?> _phones = new("--phone")
    {
        Description = "Adds a phone number that has been proved to be the person's: +8611136000008, or as dialled in the region. "
            + "Repeatable. The first one that a user has is bound to the account.",
        HelpName = "number",
        Arity = ArgumentArity.OneOrMore,
    };

    public Option<string[]?> RemovedPhones { get; } = new("--remove-phone")
    {
        Description = "Takes a phone number away. Repeatable. When it was the bound one, the next becomes so.",
        HelpName = "number",
        Arity = ArgumentArity.OneOrMore,
    };

    public Symbol[] Symbols => [_nickname, _avatar, _mail, _mailVerified, _profile, _phones];

    public Account Apply(ParseResult result, DateTimeOffset now, Account account)
    {
        var mail = Changed(result, _mail, account.Email);
        var mailVerified = result.GetValue(_mailVerified) ?? (mail == account.Email && account.EmailVerified);
        if (mailVerified && mail is null)
            throw CommandException.WrongUsage(OperatorErrors.Users.MailMissing, "--mail-verified needs a mail address.");

        return account with
        {
            Nickname = Changed(result, _nickname, account.Nickname),
            AvatarUrl = Changed(result, _avatar, account.AvatarUrl),
            Email = mail,
            EmailVerified = mailVerified,
            Profile = Profile(result, account),
            Phones = Phones(result, now, account),
        };
    }

    private static string? Changed(ParseResult result, Option<string?> option, string? before) => result.GetValue(option) switch
    {
        null => before,
        "" => null,
        var given => given,
    };

    private IReadOnlyDictionary<string, string> Profile(ParseResult result, Account account)
    {
        if (result.GetValue(_profile) is not { Length: > 0 } given)
            return account.Profile;

        var profile = new Dictionary<string, string>(account.Profile);
        foreach (var (name, value) in given.Select(NamedValue))
            profile[name] = value;

        return profile.Where(field => field.Value is not "").ToDictionary();
    }

    private static string? FaultOfProfile(string text) =>
        text.Contains('=')
            ? ProfileFields.FaultOf(NamedValue(text).Name, NamedValue(text).Value)
            : "must be a field and its value: job=teacher";

    private static (string Name, string Value) NamedValue(string text) => (text.Split('=')[0], text[(text.IndexOf('=') + 1)..]);

    private List<PhoneNumber> Phones(ParseResult result, DateTimeOffset now, Account account)
    {
        var phones = account.Phones.ToList();
        foreach (var text in result.GetValue(RemovedPhones) ?? [])
        {
            var number = Read(text, account.Region);
            if (phones.RemoveAll(number.Is) == 0)
                throw new CommandException(OperatorErrors.Users.PhoneNotTheirs,
                    $"User {account.Id} does not have the number +{number.CallingCode} {number.National}.");
        }

        foreach (var number in (result.GetValue(_phones) ?? []).Select(text => Read(text, account.Region)))
        {
            if (!phones.Exists(number.Is))
                phones.Add(new PhoneNumber(NewIds.Phone(), number.CallingCode, number.National, number.Region, IsBound: false, now));
        }

        if (phones.Count > 0 && !phones.Exists(phone => phone.IsBound))
            phones[0] = phones[0] with { IsBound = true };

        return phones;
    }

    private static NewPhoneNumber Read(string text, string region)
    {
        // With its calling code a number may be of any region; without, it is one of the person's.
        var spoken = text.TrimStart();
        var isInternational = spoken.StartsWith('+') || spoken.StartsWith("00", StringComparison.Ordinal);
        return NewPhoneNumber.TryParse(text, isInternational ? null : region, out var number, out var fault)
            ? number
            : throw CommandException.WrongUsage(
                OperatorErrors.Users.PhoneMalformed, $"The phone number '{Table.Printable(text)}' cannot be used: {Say(fault)}.");
    }

    private static string Say(PhoneNumberFault fault) => fault switch
    {
        PhoneNumberFault.Missing => "it is empty",
        PhoneNumberFault.CharacterUnexpected => "it may hold digits, a plus in front, spaces, hyphens, dots and round brackets",
        PhoneNumberFault.CallingCodeMissing or PhoneNumberFault.RegionUnknown => "write it with its calling code, like +8611136000008",
        PhoneNumberFault.CallingCodeUnknown => "no country has this calling code",
        PhoneNumberFault.RegionOfAnotherCallingCode => "its calling code is not that of the region",
        PhoneNumberFault.TooShort => "it is too short",
        PhoneNumberFault.TooLong => "it is too long",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
