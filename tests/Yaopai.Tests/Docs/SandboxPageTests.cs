using Microsoft.AspNetCore.Routing;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Docs;

/// <summary>docs/sandbox.md ends with all addresses, which are those that the server has.</summary>
public sealed class SandboxPageTests(SharedServer fixture)
{
    private const string Base = "/sandbox";

    [Fact]
    public void Every_address_of_the_sandbox_is_in_the_table()
    {
        var routes = fixture.Server.GetAll<EndpointDataSource>().SelectMany(source => source.Endpoints).OfType<RouteEndpoint>();
        var served = from endpoint in routes
                     let path = $"/{endpoint.RoutePattern.RawText!.TrimStart('/').Replace(":int}", "}", StringComparison.Ordinal)}"
                     where path.Split('/')[1] == Base[1..] && !IsWeChatsOwn(path)
                     from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
                     where method is not ("HEAD" or "OPTIONS")
                     select $"{method} {path}";

        Assert.Equal(served.Order(StringComparer.Ordinal), Shown().Order(StringComparer.Ordinal));
    }

    /// <summary>The rows whose first column is an address, and whose second has methods.</summary>
    private static IEnumerable<string> Shown() =>
        from row in new Document("docs/sandbox.md").Tables().SelectMany(table => table)
        let cells = row.Split('|', StringSplitOptions.TrimEntries)
        where cells.Length == 5 && cells[1].StartsWith($"`{Base}", StringComparison.Ordinal)
        from method in cells[2].Split(' ')
        select $"{method.Trim('`')} {cells[1].Trim('`')}";

    /// <summary>They are WeChat's, below the sandbox's address: what answers is what WeChat's documents say.</summary>
    private static bool IsWeChatsOwn(string path) => path.StartsWith($"{WeChatPeople.BasePath}/", StringComparison.Ordinal)
        && path[WeChatPeople.BasePath.Length..] is not ("/login" or "/phone" or "/scan");
}
