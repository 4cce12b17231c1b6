using Yaopai.Server.Queues;

namespace Yaopai.Server.Provisioning;

/// <summary>Tells this node's worker that items were queued.</summary>
internal sealed class ProvisioningSignal : QueueSignal;
