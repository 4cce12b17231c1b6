namespace Yaopai.Server.Accounts;

/// <summary>Which accounts are asked for. What is null narrows nothing.</summary>
internal sealed record AccountFilter
{
    /// <summary>How the name begins, whatever its case.</summary>
    public string? NameBegins { get; init; }

    /// <summary>The mail address, to the letter.</summary>
    public string? Mail { get; init; }

    /// <summary>Has this number, bound or not.</summary>
    public (string CallingCode, string National)? Phone { get; init; }

    public string? Region { get; init; }

    public AccountState? State { get; init; }
}

internal enum AccountState
{
    Enabled,
    Disabled,
    Recycled,
}
