namespace Yaopai.Server.Accounts;

/// <summary>What a person signs in with: a bound phone number where it can be one, else a name.</summary>
internal sealed record Login(string Text, NewPhoneNumber? Phone, bool IsBare)
{
    /// <summary>Longer than any name or number.</summary>
    private const int Longest = 128;

    /// <summary>One text for every spelling that may find the same account, so that failures of all of them count together.</summary>
    public string Canonical => Phone is null ? NameKeys.Of(Text) : $"+{Phone.CallingCode} {Phone.National}";

    public static Login Read(string typed)
    {
        var text = typed.Trim();
        var isBare = !NewPhoneNumber.IsInternational(text);

        // Without a calling code only mainland numbers are understood, as people there write them.
        return text.Length <= Longest && NewPhoneNumber.TryParse(text, isBare ? "CN" : null, out var phone, out _)
            ? new Login(text, phone, isBare)
            : new Login(text, null, isBare);
    }

    public async Task<Account?> FindAsync(IAccountStore accounts, CancellationToken ct)
    {
        // A control character is in nobody's name, and not every database takes one.
        if (Text.Length is 0 or > Longest || Text.Any(char.IsControl))
            return null;

        // All are looked up, whatever the first one finds: the time it takes does not tell whether the account exists.
        Account? owner = null;
        foreach (var national in Phone?.Nationals ?? [])
        {
            var found = await accounts.FindByPhoneAsync(Phone!.CallingCode, national, ct);
            owner ??= found;
        }

        var named = await accounts.FindByNameAsync(Text, ct);

        // Numbers first: they are proved, names are chosen, and a name like somebody's number must not keep that person out.
        return owner is not null && (!IsBare || owner.IsMainland) ? owner : named;
    }
}
