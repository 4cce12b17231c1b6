using Yaopai.Server.Apps;

namespace Yaopai.Server.Events;

/// <summary>Puts an event into the words of the platform whose apps receive it.</summary>
internal interface IEventWriter
{
    ValueTask<EventMessage> WriteAsync(SecurityEvent happened, App app, CancellationToken ct);
}

/// <param name="Bearer">What proves who sends it.</param>
internal sealed record EventMessage(string Bearer, byte[] Body, string ContentType);
