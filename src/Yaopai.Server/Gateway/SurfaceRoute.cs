namespace Yaopai.Server.Gateway;

/// <summary>A line of a surface's table: a path, or another name that callers use, and the operation behind it.</summary>
internal sealed record SurfaceRoute(string Name, Func<IServiceProvider, IOperation> Define, Type? Definition = null)
{
    /// <summary>To an operation of a table that is made of data.</summary>
    public static SurfaceRoute To(string name, Func<IOperation> define) => new(name, _ => define());

    public static SurfaceRoute To<T>(string name) where T : IOperationDefinition =>
        new(name, services => ActivatorUtilities.CreateInstance<T>(services).Define(), typeof(T));
}

/// <summary>Makes the operations that the tables of one surface name: each once, however many names it has.</summary>
internal sealed class SurfaceRoutes(IServiceProvider services)
{
    private readonly Dictionary<Type, IOperation> _made = [];
    private readonly HashSet<IOperation> _all = [];

    /// <summary>All operations of the tables that were made, by name.</summary>
    public IReadOnlyList<IOperation> Operations => [.. _all.OrderBy(operation => operation.Name, StringComparer.Ordinal)];

    public RouteTable Table(params IEnumerable<SurfaceRoute> routes) =>
        new(routes.Select(route => KeyValuePair.Create(route.Name, OperationOf(route))));

    private IOperation OperationOf(SurfaceRoute route)
    {
        if (route.Definition is not { } type)
            return Add(route.Define(services));

        return _made.TryGetValue(type, out var made) ? made : _made[type] = Add(route.Define(services));
    }

    private IOperation Add(IOperation operation)
    {
        _all.Add(operation);
        return operation;
    }
}
