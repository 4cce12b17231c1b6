using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Accounts;

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
        return NewPhoneNumber.TryParse(text, NewPhoneNumber.IsInternational(text) ? null : region, out var number, out var fault)
            ? number
            : throw CommandException.WrongUsage(
                OperatorErrors.Users.PhoneMalformed, $"The phone number '{Table.Printable(text)}' cannot be used: {Say(fault)}.");
    }

    private static string Say(PhoneNumberFault fault) => fault switch
    {
        PhoneNumberFault.Missing => "it is empty",
        PhoneNumberFault.CharacterUnexpected => "it may contain digits, a plus in front, spaces, hyphens, dots and round brackets",
        PhoneNumberFault.CallingCodeMissing or PhoneNumberFault.RegionUnknown => "write it with its calling code, like +8611136000008",
        PhoneNumberFault.CallingCodeUnknown => "no country has this calling code",
        PhoneNumberFault.RegionOfAnotherCallingCode => "its calling code is not that of the region",
        PhoneNumberFault.TooShort => "it is too short",
        PhoneNumberFault.TooLong => "it is too long",
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };
}
