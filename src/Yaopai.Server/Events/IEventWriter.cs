using Yaopai.Server.Apps;

namespace Yaopai.Server.Events;

/// <summary>Puts an event into the words of the platform whose apps receive it.</summary>
internal interface IEventWriter
{
    /// <summary>Whose words these are, as subscriptions name it.</summary>
    string Surface { get; }

    /// <summary>What there are words for.</summary>
    IReadOnlyList<SecurityEventKind> Kinds { get; }

    /// <summary>Whether an app with these scopes may have read the number that an account is bound to.</summary>
    bool ShowsPhone(IEnumerable<string> scopes);

    ValueTask<EventMessage> WriteAsync(SecurityEvent happened, App app, CancellationToken ct);
}

/// <param name="Bearer">The token that proves the sender; null where the body does.</param>
internal sealed record EventMessage(string? Bearer, byte[] Body, string ContentType)
{
    /// <summary>Whether a receiver with this answer took the message; null where any answer of success says so.</summary>
    public Func<string, bool>? IsTakenBy { get; init; }
}
