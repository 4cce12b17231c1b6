namespace Yaopai.Server.Events;

/// <summary>An app cannot be told of an event as it is now; the message says what is missing, for its operator.</summary>
internal sealed class UnwritableEventException(string message) : Exception(message);
