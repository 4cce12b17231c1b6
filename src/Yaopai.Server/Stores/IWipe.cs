namespace Yaopai.Server.Stores;

/// <summary>Removes everything but the keys. For the sandbox.</summary>
internal interface IWipe
{
    Task WipeAsync(CancellationToken ct);
}
