using System.Buffers.Binary;
using System.Buffers.Text;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Identifiers;

/// <summary>The names under which an account is known outside: derived, never stored, and the same for ever.</summary>
internal sealed class PairwiseIdentifiers(KeyRing ring)
{
    private const int OpenIdLength = 28;
    private const int UnionIdLength = 29;
    private const int GroupUnionIdLength = 40;

    /// <summary>The account as one app knows it.</summary>
    public string OpenId(long appId, long accountId) => Derive("open id"u8, appId, accountId, OpenIdLength);

    /// <summary>The account as all apps of one developer know it.</summary>
    public string UnionId(long developerId, long accountId) => Derive("union id"u8, developerId, accountId, UnionIdLength);

    /// <summary>The account as all developers of one account group know it.</summary>
    public string GroupUnionId(long groupId, long accountId) => Derive("group union id"u8, groupId, accountId, GroupUnionIdLength);

    private string Derive(ReadOnlySpan<byte> label, long audience, long accountId, int length)
    {
        Span<byte> data = stackalloc byte[16];
        BinaryPrimitives.WriteInt64BigEndian(data, audience);
        BinaryPrimitives.WriteInt64BigEndian(data[8..], accountId);

        Span<byte> derived = stackalloc byte[IdentifierKey.DerivedLength];
        ring.Derive(label, data, derived);

        Span<char> text = stackalloc char[Base64Url.GetEncodedLength(IdentifierKey.DerivedLength)];
        Base64Url.EncodeToChars(derived, text);
        return new string(text[..length]);
    }
}
