using Yaopai.Server.Queues;

namespace Yaopai.Server.Events;

/// <summary>Tells this node's sender that something may be due.</summary>
internal sealed class EventSignal : QueueSignal;
