using Yaopai.Server.Credentials;

namespace Yaopai.Server.Consents;

/// <summary>How far a device is on its way to tokens.</summary>
internal enum DeviceState
{
    /// <summary>The device shows its user code, and nobody has opened it.</summary>
    Waiting = 0,

    /// <summary>A person opened the page with the user code, and has not answered.</summary>
    Scanned = 1,

    Confirmed = 2,

    Denied = 3,

    /// <summary>The device has its tokens.</summary>
    Taken = 4,
}

/// <summary>A device without a keyboard that asks for a person's consent, who gives it elsewhere (RFC 8628).</summary>
/// <param name="Id">What the sealed device code carries, and the tokens that come of it.</param>
/// <param name="AccountId">Who scanned it: the only one that may answer.</param>
/// <param name="PhoneId">The phone number that the person chose to share; null for none.</param>
/// <param name="ScanUntil">Until when the user code may be opened (the app's clock).</param>
/// <param name="ExpiresAt">Until when the device code lives (the app's clock).</param>
/// <param name="ConfirmedAt">By <see cref="HybridClock"/>, to the microsecond: what revocations are compared with.</param>
/// <param name="Polls">How often the device has asked.</param>
internal sealed record DeviceAuthorization(
    long AppId,
    Guid Id,
    string UserCode,
    IReadOnlyList<string> Scopes,
    DeviceState State,
    long? AccountId,
    long? PhoneId,
    DateTimeOffset CreatedAt,
    DateTimeOffset ScanUntil,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? ConfirmedAt,
    long Polls)
{
    /// <summary>When it asked last (the app's clock); null before the first time.</summary>
    public DateTimeOffset? PolledAt { get; init; }

    /// <summary>When it had asked before that.</summary>
    public DateTimeOffset? PolledBefore { get; init; }

    /// <summary>A device that keeps to the interval never asks more often.</summary>
    public bool IsWithinPolls(TimeSpan interval) => Polls <= (ExpiresAt - CreatedAt) / interval;

    /// <summary>False for a poll that followed the one before it sooner than devices are told to ask (RFC 8628 §3.5).</summary>
    public bool IsPolledInTime(TimeSpan interval) => !(PolledAt - PolledBefore < interval);

    /// <summary>True when there is nothing left for a person to do or to see.</summary>
    public bool IsOverAt(DateTimeOffset now) => now >= ExpiresAt || (State is DeviceState.Waiting && now >= ScanUntil);
}
