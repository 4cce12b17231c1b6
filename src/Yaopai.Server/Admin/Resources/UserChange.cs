using Yaopai.Errors;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator sets of a user. What is null stays as it is.</summary>
internal sealed record UserChange
{
    public string? Name { get; init; }

    public string? Region { get; init; }

    /// <summary>No value for none; so it is with the next two.</summary>
    public Choice<string?>? Nickname { get; init; }

    public Choice<string?>? AvatarUrl { get; init; }

    public Choice<string?>? Mail { get; init; }

    public bool? MailVerified { get; init; }

    /// <summary>Fields to set; an empty text removes one.</summary>
    public IReadOnlyList<(string Name, string Value)> Profile { get; init; } = [];

    /// <summary>Numbers as people write them.</summary>
    public IReadOnlyList<string> AddedPhones { get; init; } = [];

    public IReadOnlyList<string> RemovedPhones { get; init; } = [];

    /// <summary>A new password, which ends all sign-ins and tokens.</summary>
    public string? Password { get; init; }

    /// <exception cref="CommandException">The values do not fit each other, or the account.</exception>
    public Account ApplyTo(Account account, DateTimeOffset now)
    {
        var mail = Mail.Or(account.Email);
        var mailVerified = MailVerified ?? (mail == account.Email && account.EmailVerified);
        if (mailVerified && mail is null)
            throw CommandException.WrongUsage(OperatorErrors.Users.MailMissing, "Without a mail address none can be verified.");

        var region = Region ?? account.Region;
        return account with
        {
            Name = Name ?? account.Name,
            Region = region,
            Nickname = Nickname.Or(account.Nickname),
            AvatarUrl = AvatarUrl.Or(account.AvatarUrl),
            Email = mail,
            EmailVerified = mailVerified,
            Profile = ProfileOf(account),
            Phones = PhonesOf(account, region, now),
        };
    }

    private IReadOnlyDictionary<string, string> ProfileOf(Account account)
    {
        if (Profile.Count == 0)
            return account.Profile;

        var profile = new Dictionary<string, string>(account.Profile);
        foreach (var (name, value) in Profile)
            profile[name] = value;

        return profile.Where(field => field.Value is not "").ToDictionary();
    }

    private List<PhoneNumber> PhonesOf(Account account, string region, DateTimeOffset now)
    {
        var phones = account.Phones.ToList();
        foreach (var number in RemovedPhones.Select(text => Read(text, region)))
        {
            if (phones.RemoveAll(number.Is) == 0)
                throw new CommandException(OperatorErrors.Users.PhoneNotTheirs,
                    $"User {account.Id} does not have the number +{number.CallingCode} {number.National}.");
        }

        foreach (var number in AddedPhones.Select(text => Read(text, region)))
        {
            if (!phones.Exists(number.Is))
                phones.Add(new PhoneNumber(NewIds.Phone(), number.CallingCode, number.National, number.Region, IsBound: false, now));
        }

        if (phones.Count > 0 && !phones.Exists(phone => phone.IsBound))
            phones[0] = phones[0] with { IsBound = true };

        return phones;
    }

    /// <param name="region">Of a number without its calling code; with it a number may be of any region.</param>
    public static NewPhoneNumber Read(string text, string? region) =>
        NewPhoneNumber.TryParse(text, NewPhoneNumber.IsInternational(text) ? null : region, out var number, out var fault)
            ? number
            : throw CommandException.WrongUsage(
                OperatorErrors.Users.PhoneMalformed, $"The phone number '{Table.Printable(text)}' cannot be used: {Say(fault)}.");

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
