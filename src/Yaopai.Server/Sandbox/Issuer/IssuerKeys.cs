using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Sandbox.Issuer;

/// <summary>Keys that sign ID tokens beside those of the platform.</summary>
internal sealed class IssuerKeys
{
    private const int MostPublished = 10;

    private readonly Lock _lock = new();
    private readonly Lazy<SigningKey> _unpublished = new(Make);
    private (Fault Fault, SigningKey Key)[] _published = [];

    /// <summary>One that no JWKS shows.</summary>
    public SigningKey Unpublished => _unpublished.Value;

    /// <summary>Those that a rotation brought, newest first.</summary>
    public IReadOnlyList<SigningKey> Published { get; private set; } = [];

    /// <summary>The key that a fault rotates to: one for all of its strikes, and published from the first on.</summary>
    public SigningKey NewOf(Fault fault)
    {
        lock (_lock)
        {
            if (Array.Find(_published, one => ReferenceEquals(one.Fault, fault)).Key is { } known)
                return known;

            var made = Make();
            _published = [(fault, made), .. _published.Take(MostPublished - 1)];
            Published = [.. _published.Select(one => one.Key)];
            return made;
        }
    }

    public void Clear() => Keep(_ => false);

    /// <summary>Those of a world's faults; or of those that are in none.</summary>
    public void Clear(string? world) => Keep(fault => fault.World?.Id != world);

    /// <summary>That of one fault.</summary>
    public void Remove(int faultId) => Keep(fault => fault.Id != faultId);

    private void Keep(Func<Fault, bool> stays)
    {
        lock (_lock)
        {
            _published = [.. _published.Where(one => stays(one.Fault))];
            Published = [.. _published.Select(one => one.Key)];
        }
    }

    private static SigningKey Make() => SigningKey.FromPrivate(SigningKey.MakePrivate());
}
