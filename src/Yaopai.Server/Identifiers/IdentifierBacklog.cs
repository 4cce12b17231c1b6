using Yaopai.Server.Stores;

namespace Yaopai.Server.Identifiers;

/// <summary>Enters the consents of a database that is older than the way back from identifiers, before the first request.</summary>
internal sealed class IdentifierBacklog(IdentifierIndex index) : IFirstRun
{
    public Task RunAsync(CancellationToken ct) => index.EnterBacklogAsync(ct);
}
