namespace Yaopai.Server.Admin.Api;

/// <summary>The operations by address. Made with the first request: a server that nobody administers does nothing for it.</summary>
internal sealed class AdminRoutes(IEnumerable<IAdminResource> resources)
{
    public const string Base = "/admin/v1";

    public IReadOnlyList<AdminOperation> Operations { get; } = [.. resources.SelectMany(resource => resource.Operations)];

    /// <summary>The operations at an address, one for each method that it takes, with what stands in its places; none where there is no
    /// such address.</summary>
    public IReadOnlyList<(AdminOperation Operation, IReadOnlyDictionary<string, string> Path)> At(string path)
    {
        var segments = path.Split('/');
        return
        [
            .. from operation in Operations
               let places = Match(operation.Path.Split('/'), segments)
               where places is not null
               select (operation, places),
        ];
    }

    /// <summary>The address that was probably meant.</summary>
    public string Nearest(string path) => Base + Gateway.Nearest.To(path, Operations.Select(operation => operation.Path));

    /// <summary>What stands where the pattern has braces; null where it is another address. A word counts before a place.</summary>
    private static Dictionary<string, string>? Match(string[] pattern, string[] segments)
    {
        if (pattern.Length != segments.Length)
            return null;

        var places = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is ['{', .. var name, '}'] && segments[i] is not "")
                places[name] = segments[i];
            else if (pattern[i] != segments[i])
                return null;
        }

        return places;
    }
}
