namespace Yaopai.Server.Accounts.SigningUp;

/// <summary>What a person proves to hold who signs up: a mobile number, or a mail address.</summary>
internal sealed record SignUpContact(NewPhoneNumber? Number, string? Mail)
{
    /// <summary>With plus and calling code, or as it was typed.</summary>
    public string To => Mail ?? $"+{Number!.CallingCode}{Number.National}";

    /// <summary>One text for every spelling of one address.</summary>
    public string Canonical => To.ToLowerInvariant();

    public bool IsMail => Mail is not null;

    /// <summary>Null for what can be neither.</summary>
    public static SignUpContact? Read(string typed)
    {
        var text = typed.Trim();
        if (text.Contains('@', StringComparison.Ordinal))
            return AccountFormats.IsMail(text) ? new(null, text) : null;

        return Phones.Read(text) is { } number ? new(number, null) : null;
    }
}
