using Yaopai.Server.Apps;

namespace Yaopai.Server.Events;

/// <summary>What changed for a person, as the store that writes the change says it.</summary>
internal enum EventCause
{
    /// <summary>Everything that an app holds for the person was revoked: consent withdrawn, password changed, account disabled.</summary>
    Revoked,

    /// <summary>The account is bound to another phone number, or to none.</summary>
    PhoneChanged,

    AccountDeleted,
}

/// <summary>Decides which event an app is told of, if any. Stores ask it inside the transaction of the change.</summary>
internal sealed class EventPolicy(EventWriters writers)
{
    /// <param name="surface">The surface that the app's subscription names.</param>
    /// <param name="wanted">The kinds that it names.</param>
    /// <param name="scopes">What the person allows the app, or allowed until now.</param>
    public SecurityEventKind? KindFor(
        EventCause cause, string? surface, IReadOnlyList<SecurityEventKind> wanted, IReadOnlyList<string> scopes) => cause switch
        {
            EventCause.Revoked => First(wanted, SecurityEventKind.TokensRevoked),
            EventCause.PhoneChanged when writers.Find(surface)?.ShowsPhone(scopes) is not true => null,
            EventCause.PhoneChanged => First(wanted, SecurityEventKind.PhoneModified),
            EventCause.AccountDeleted => First(wanted, SecurityEventKind.AccountPurged, SecurityEventKind.TokensRevoked),
            _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
        };

    /// <summary>Whether an app is told what happens in an organisation that has it.</summary>
    public bool Wants(SecurityEventKind kind, string? surface, IReadOnlyList<SecurityEventKind> wanted) =>
        wanted.Contains(kind) && writers.KindsOf(surface).Contains(kind);

    /// <summary>An app that does not want the most telling kind is told the next one.</summary>
    private static SecurityEventKind? First(IReadOnlyList<SecurityEventKind> wanted, params ReadOnlySpan<SecurityEventKind> kinds)
    {
        foreach (var kind in kinds)
        {
            if (wanted.Contains(kind))
                return kind;
        }

        return null;
    }
}
