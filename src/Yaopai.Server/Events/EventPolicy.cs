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
internal sealed class EventPolicy(IEnumerable<IEventWriter> writers)
{
    private readonly IEventWriter[] _writers = [.. writers];

    /// <param name="wanted">The kinds that the app subscribed to.</param>
    /// <param name="scopes">What the person allows the app, or allowed until now.</param>
    public SecurityEventKind? KindFor(
        EventCause cause, IReadOnlyList<SecurityEventKind> wanted, IReadOnlyList<string> scopes) => cause switch
    {
        EventCause.Revoked => First(wanted, SecurityEventKind.TokensRevoked),
        EventCause.PhoneChanged when !_writers.Any(writer => writer.ShowsPhone(scopes)) => null,
        EventCause.PhoneChanged => First(wanted, SecurityEventKind.PhoneModified),
        EventCause.AccountDeleted => First(wanted, SecurityEventKind.AccountPurged, SecurityEventKind.TokensRevoked),
        _ => throw new ArgumentOutOfRangeException(nameof(cause), cause, null),
    };

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
