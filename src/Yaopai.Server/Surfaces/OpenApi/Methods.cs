using Yaopai.Server.Protocol;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The methods of the platform: each once, however it is called.</summary>
internal sealed class Methods(IpLookup.Services ipLookup)
{
    private const string Rest = "/rest/2.0/";
    private const string Public = "/public/2.0/";

    /// <summary>Where each method is, without the prefix.</summary>
    public IReadOnlyDictionary<string, IOperation> Paths { get; } = Spread(
    [
        ("iplib/query", IpLookup.Operation(ipLookup), true),
    ]);

    private static Dictionary<string, IOperation> Spread((string Path, IOperation Operation, bool IsPublic)[] methods)
    {
        var paths = methods.ToDictionary(method => Rest + method.Path, method => method.Operation);
        foreach (var (path, operation, _) in methods.Where(method => method.IsPublic))
            paths[Public + path] = operation;

        return paths;
    }
}
