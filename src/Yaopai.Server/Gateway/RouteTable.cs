using System.Collections.Frozen;

namespace Yaopai.Server.Gateway;

/// <summary>Operations by the names that callers use: exactly, and the nearest where a name is none of them.
/// A path that ends in <c>/*</c> takes one more segment, whatever it is.</summary>
internal sealed class RouteTable(IEnumerable<KeyValuePair<string, IOperation>> routes)
{
    private const string Any = "*";

    private readonly FrozenDictionary<string, IOperation> _byName = routes.ToFrozenDictionary(StringComparer.Ordinal);

    public IReadOnlyCollection<string> Names => _byName.Keys;

    public IEnumerable<IOperation> Operations => _byName.Values.Distinct();

    public IOperation? Find(string name) => _byName.GetValueOrDefault(name)
        ?? (name.LastIndexOf('/') is >= 0 and var slash && slash < name.Length - 1
            ? _byName.GetValueOrDefault(string.Concat(name.AsSpan(0, slash + 1), Any))
            : null);

    /// <summary>Two tables as one.</summary>
    public RouteTable With(RouteTable other) => new(_byName.Concat(other._byName));

    /// <summary>The way out for a name that is none: the operation nearest to it, which knows what its document says of that.</summary>
    public RouteResult NoSuchPath(string asked)
    {
        var nearest = NearestTo(asked);
        return new RouteResult(_byName[nearest], NoSuchPath: () => Why(asked, nearest));
    }

    /// <summary>Why a name is none, for those who may know more than the caller.</summary>
    public Reason WhyUnknown(string asked) => Why(asked, NearestTo(asked));

    private static Reason Why(string asked, string nearest) => asked is ""
        ? new Reason("no operation is named")
        : new Reason($"there is no {asked}; the nearest is {nearest}") { Actual = asked, Nearest = nearest };

    private string NearestTo(string asked) => Nearest.To(asked, Names);
}
