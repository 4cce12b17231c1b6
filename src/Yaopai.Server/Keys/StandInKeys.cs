using System.Security.Cryptography;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Keys;

/// <summary>Keys that stand in while the sandbox has the stored ones not open, as new ones would after a start that finds them damaged.
/// They are in memory alone: what they sealed opens as long as the process runs.</summary>
internal sealed class StandInKeys
{
    private readonly Lazy<SigningKey> _signing = new(() => SigningKey.FromPrivate(SigningKey.MakePrivate()));
    private readonly Lazy<SigningKey> _elliptic = new(() => EllipticSigningKey.FromPrivate(EllipticSigningKey.MakePrivate()));

    public SealingKey Sealing { get; } = new(RandomNumberGenerator.GetBytes(SealingKey.Length));

    public SigningKey Of(KeyKind kind) => kind is KeyKind.Elliptic ? _elliptic.Value : _signing.Value;
}
