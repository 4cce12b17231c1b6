namespace Yaopai.Server.Accounts.Verification;

/// <summary>A code on its way to a person.</summary>
/// <param name="To">With plus and calling code.</param>
internal sealed record VerificationMessage(string To, string Code, DateTimeOffset SentAt, TimeSpan Lifetime)
{
    /// <summary>Says no code.</summary>
    public override string ToString() => nameof(VerificationMessage);
}

/// <summary>Brings codes to people.</summary>
internal interface IVerificationSender
{
    /// <summary>False when it could not be handed on.</summary>
    Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct);
}
