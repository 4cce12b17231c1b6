using System.Security.Cryptography;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Keys;

namespace Yaopai.Tests.Keys;

/// <summary>Nodes of one installation: rings that share a store, a clock and a master key.</summary>
internal sealed class Rings
{
    private readonly string _master = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    public static DateTimeOffset Noon { get; } = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(8));

    public MemoryKeyStore Store { get; } = new();

    public FakeTimeProvider Clock { get; } = new(Noon);

    public DateTimeOffset Now => Clock.GetUtcNow();

    public MasterKeySource Master => new(new KeyOptions { MasterKey = _master }, "nowhere");

    public async Task<KeyRing> StartAsync(IKeySeam? seam = null)
    {
        var ring = new KeyRing(Store, Master, Clock, seam);
        await ring.LoadAsync(default);
        return ring;
    }
}

internal static class RingExtensions
{
    public static byte[] Seal(this KeyRing ring, string text, string purpose = "token")
    {
        var plain = System.Text.Encoding.UTF8.GetBytes(text);
        var @sealed = new byte[plain.Length + KeyRing.Overhead];
        ring.Seal(System.Text.Encoding.UTF8.GetBytes(purpose), plain, @sealed);
        return @sealed;
    }

    public static (UnsealResult Result, string Text) Open(this KeyRing ring, byte[] @sealed, string purpose = "token")
    {
        var plain = new byte[Math.Max(0, @sealed.Length - KeyRing.Overhead)];
        var result = ring.Unseal(System.Text.Encoding.UTF8.GetBytes(purpose), @sealed, plain);
        return (result, System.Text.Encoding.UTF8.GetString(plain));
    }
}
