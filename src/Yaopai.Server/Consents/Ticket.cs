using System.Buffers.Text;
using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Consents;

/// <summary>Something that a browser carries for the server and can neither read nor change.</summary>
internal interface ITicket
{
    /// <summary>Tells apart what is sealed under the same keys.</summary>
    static abstract byte Kind { get; }

    DateTimeOffset IssuedAt { get; }

    DateTimeOffset ExpiresAt { get; }
}

/// <summary>Seals tickets into texts that can stand in an address, and opens them.</summary>
internal sealed class Tickets(KeyRing keys, IAppClock clock)
{
    /// <summary>Credentials begin with 0e 01: neither is ever taken for the other.</summary>
    private const byte First = 0x0e, Second = 0x02;

    private const int HeaderLength = 3;
    private const int Longest = 48 * 1024; // a redirect URI and a state of 4,096, each encoded, twice

    private static readonly TimeSpan s_skew = TimeSpan.FromMinutes(1);

    public string Seal<T>(T ticket) where T : ITicket
    {
        var plain = JsonSerializer.SerializeToUtf8Bytes(ticket);
        var whole = new byte[HeaderLength + KeyRing.Overhead + plain.Length];
        (whole[0], whole[1], whole[2]) = (First, Second, T.Kind);
        keys.Seal(whole.AsSpan(0, HeaderLength), plain, whole.AsSpan(HeaderLength));
        return Base64Url.EncodeToString(whole);
    }

    /// <summary>Null for what is not ours, was changed, is of another kind or has expired.</summary>
    public async ValueTask<T?> UnsealAsync<T>(string text, CancellationToken ct) where T : class, ITicket =>
        await UnsealAtAnyAgeAsync<T>(text, ct) is { } ticket && clock.Now < ticket.ExpiresAt && clock.Now >= ticket.IssuedAt - s_skew
            ? ticket
            : null;

    /// <summary>The same of any age: good for beginning anew what was begun with it, and for nothing else.</summary>
    public async ValueTask<T?> UnsealAtAnyAgeAsync<T>(string text, CancellationToken ct) where T : class, ITicket
    {
        if (text.Length is 0 or > Longest || !Base64Url.IsValid(text, out var length) || length < HeaderLength + KeyRing.Overhead)
            return null;

        var whole = Base64Url.DecodeFromChars(text);
        if (whole is not [First, Second, var kind, ..] || kind != T.Kind)
            return null;

        var plain = new byte[whole.Length - HeaderLength - KeyRing.Overhead];
        var result = Unseal(whole, plain);
        if (result is UnsealResult.UnknownKey && await keys.ReloadAsync(ct))
            result = Unseal(whole, plain);

        if (result is UnsealResult.LostKey)
            throw new KeyLostException(KeyKind.Sealing);

        return result is UnsealResult.Unsealed ? JsonSerializer.Deserialize<T>(plain)! : null;
    }

    private UnsealResult Unseal(byte[] whole, byte[] plain) =>
        keys.Unseal(whole.AsSpan(0, HeaderLength), whole.AsSpan(HeaderLength), plain);
}
