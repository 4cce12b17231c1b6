using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Accounts;

/// <summary>What is kept of logins and places: keyed hashes, which only this installation can make and nobody can turn back.</summary>
internal sealed class SignInTraces(KeyRing keys)
{
    /// <summary>What a trace, cut to this, still never shares by chance.</summary>
    private const int Length = 16;

    /// <summary>Whose failures are counted. Shorter than what is derived, so the two never meet.</summary>
    public static byte[] OfAccount(long id)
    {
        var subject = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(subject, id);
        return subject;
    }

    /// <summary>Whose wrong codes are counted, beside all failures of the account.</summary>
    public byte[] OfCodes(long accountId) => Derive("second factor"u8, OfAccount(accountId));

    /// <summary>Whose wrong secrets are counted.</summary>
    public byte[] OfClient(long appId) => Derive("client secret"u8, OfAccount(appId));

    /// <summary>What was typed, whether it is somebody's or not.</summary>
    public byte[] OfLogin(Login login) => Derive("sign-in login"u8, Encoding.UTF8.GetBytes(login.Canonical));

    /// <summary>Counted where a login is nobody's, so that as much is written as for an account.</summary>
    public byte[] OfNobody(Login login) => Derive("sign-in nobody"u8, Encoding.UTF8.GetBytes(login.Canonical));

    public byte[] OfDevice(string device) => Derive("sign-in device"u8, Encoding.UTF8.GetBytes(device));

    public byte[] OfAddress(IPAddress address) => Derive("sign-in address"u8, Plain(address).GetAddressBytes());

    /// <summary>Whose failures are counted beside those of its logins.</summary>
    public byte[] OfAddressFailures(IPAddress address) =>
        Derive("sign-in address failures"u8, NetworkKey.Of(address).GetAddressBytes());

    /// <summary>What one household or office has: /24, or /48 of IPv6.</summary>
    public byte[] OfNetwork(IPAddress address)
    {
        var plain = Plain(address);
        var octets = plain.GetAddressBytes();
        return Derive("sign-in network"u8, octets.AsSpan(0, plain.AddressFamily is AddressFamily.InterNetworkV6 ? 6 : 3));
    }

    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    private byte[] Derive(ReadOnlySpan<byte> label, ReadOnlySpan<byte> data)
    {
        // Hashed first, because what is typed may be longer than the key takes.
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(data, hash);
        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive(label, hash, derived);
        return derived[..Length].ToArray();
    }
}
