namespace Yaopai.Server.Accounts.Verification;

/// <summary>What a message is about.</summary>
internal enum MessageKind
{
    /// <summary>A code that proves that a person holds a number.</summary>
    Code,

    /// <summary>A code for a password that was forgotten.</summary>
    PasswordCode,

    /// <summary>A code for a new account.</summary>
    SignUpCode,

    /// <summary>Somebody wanted a new account with a number that has one.</summary>
    HasAccount,

    /// <summary>Somebody signed in with a browser that had not been seen before.</summary>
    NewDevice,

    /// <summary>The account has another password.</summary>
    PasswordChanged,

    /// <summary>Two-step sign-in was turned on, or off.</summary>
    SecondFactorOn,
    SecondFactorOff,
}

/// <summary>A message on its way to a person: a code, or a notice without one.</summary>
/// <param name="To">A number with plus and calling code, or a mail address.</param>
/// <param name="Code">Empty in a notice.</param>
internal sealed record VerificationMessage(string To, string Code, DateTimeOffset SentAt, TimeSpan Lifetime)
{
    public MessageKind Kind { get; init; }

    /// <summary>From where it was done that a notice is about; empty where that is not known.</summary>
    public string Address { get; init; } = "";

    public bool IsMail => To.Contains('@', StringComparison.Ordinal);

    public static VerificationMessage Notice(MessageKind kind, string to, DateTimeOffset at, string address = "") =>
        new(to, Code: "", at, TimeSpan.Zero) { Kind = kind, Address = address };

    /// <summary>Says no code.</summary>
    public override string ToString() => nameof(VerificationMessage);
}

/// <summary>Brings messages to people.</summary>
internal interface IVerificationSender
{
    /// <summary>Whether it sends at once, so that nobody has to wait for it.</summary>
    bool IsImmediate => false;

    /// <summary>Whether there is a way to numbers, or to mail addresses.</summary>
    bool Reaches(bool byMail);

    /// <summary>False when it could not be handed on.</summary>
    Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct);
}
