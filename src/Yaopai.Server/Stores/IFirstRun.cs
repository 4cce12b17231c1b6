namespace Yaopai.Server.Stores;

/// <summary>Something that an installation is given once, before its first request.</summary>
internal interface IFirstRun
{
    Task RunAsync(CancellationToken ct);
}
