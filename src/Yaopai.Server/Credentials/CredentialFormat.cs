using System.Buffers.Binary;
using System.Text;

namespace Yaopai.Server.Credentials;

/// <summary>A credential as bytes, before it is sealed.</summary>
internal static class CredentialFormat
{
    /// <summary>Room for the longest: fixed fields, 150 scopes, a nonce of 255.</summary>
    public const int MaxLength = 2048;

    /// <summary>Where the length of a text stands: not a text but marks follow.</summary>
    private const ushort MarksFollow = ushort.MaxValue;

    /// <returns>How many bytes were written.</returns>
    public static int Write(Credential credential, Span<byte> destination)
    {
        var writer = new Writer(destination);
        writer.Int64(credential.AppId);
        writer.Int64(credential.AccountId);
        writer.Guid(credential.GrantId);
        writer.Int64(credential.ValidSince.UtcTicks);
        writer.Int64(credential.IssuedAt.UtcTicks);
        writer.Int64(credential.ExpiresAt.UtcTicks);
        writer.Int64(credential.PhoneId ?? 0);
        if (ScopeMarks.AreNeeded(credential.Scopes))
            writer.Marks(ScopeMarks.Of(credential.Scopes));
        else
            writer.Text(credential.Scopes);
        if (credential.Terms is { } terms)
        {
            writer.Text(terms.Component);
            writer.Text(terms.Nonce);
            writer.Bytes(terms.RedirectUriHash);
            writer.Bytes(terms.ChallengeHash);
            writer.Flag(terms.IsOffline);
        }

        if (credential.Profile.HasId(credential.Kind))
            writer.Guid(credential.Id);

        if (credential.Profile.SaysSecretShown(credential.Kind))
            writer.Flag(credential.SecretWasShown);

        if (credential.Profile.NamesTenant)
            writer.Int64(credential.TenantId);

        return writer.Length;
    }

    /// <summary>Reads what a seal has vouched for.</summary>
    public static Credential Read(CredentialProfile profile, CredentialKind kind, ReadOnlySpan<byte> source)
    {
        var reader = new Reader(source);
        byte[]? marks = null;
        return new Credential(
            kind,
            AppId: reader.Int64(),
            AccountId: reader.Int64(),
            GrantId: reader.Guid(),
            ValidSince: reader.Instant(),
            IssuedAt: reader.Instant(),
            ExpiresAt: reader.Instant(),
            PhoneId: reader.Int64() is var phone and not 0 ? phone : null,
            Scopes: reader.TextOrMarks(out marks),
            Terms: kind is CredentialKind.Code
                ? new CodeTerms(reader.Text(), reader.Text(), reader.Bytes(), reader.Bytes(), reader.Flag())
                : null)
        {
            Profile = profile,
            Marks = marks,
            Id = profile.HasId(kind) ? reader.Guid() : Guid.Empty,
            SecretWasShown = profile.SaysSecretShown(kind) && !reader.IsAtEnd && reader.Flag(), // an older server's ends before
            TenantId = profile.NamesTenant ? reader.Int64() : 0,
        };
    }

    private ref struct Writer(Span<byte> destination)
    {
        private Span<byte> _rest = destination;
        private readonly int _size = destination.Length;

        public readonly int Length => _size - _rest.Length;

        public void Int64(long value)
        {
            BinaryPrimitives.WriteInt64BigEndian(_rest, value);
            _rest = _rest[8..];
        }

        public void Guid(Guid value)
        {
            value.TryWriteBytes(_rest);
            _rest = _rest[16..];
        }

        public void Text(string value)
        {
            var length = Encoding.UTF8.GetBytes(value, _rest[2..]);
            BinaryPrimitives.WriteUInt16BigEndian(_rest, checked((ushort)length));
            _rest = _rest[(2 + length)..];
        }

        public void Marks(byte[] marks)
        {
            BinaryPrimitives.WriteUInt16BigEndian(_rest, MarksFollow);
            BinaryPrimitives.WriteUInt16BigEndian(_rest[2..], (ushort)marks.Length);
            marks.CopyTo(_rest[4..]);
            _rest = _rest[(4 + marks.Length)..];
        }

        public void Flag(bool value)
        {
            _rest[0] = value ? (byte)1 : (byte)0;
            _rest = _rest[1..];
        }

        public void Bytes(ReadOnlySpan<byte> value)
        {
            _rest[0] = (byte)value.Length;
            value.CopyTo(_rest[1..]);
            _rest = _rest[(1 + value.Length)..];
        }
    }

    private ref struct Reader(ReadOnlySpan<byte> source)
    {
        private ReadOnlySpan<byte> _rest = source;

        public readonly bool IsAtEnd => _rest.IsEmpty;

        public long Int64()
        {
            var value = BinaryPrimitives.ReadInt64BigEndian(_rest);
            _rest = _rest[8..];
            return value;
        }

        public DateTimeOffset Instant() => new(Int64(), TimeSpan.Zero);

        public Guid Guid()
        {
            var value = new Guid(_rest[..16]);
            _rest = _rest[16..];
            return value;
        }

        public string Text()
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(_rest);
            var value = Encoding.UTF8.GetString(_rest.Slice(2, length));
            _rest = _rest[(2 + length)..];
            return value;
        }

        public string TextOrMarks(out byte[]? marks)
        {
            marks = null;
            if (BinaryPrimitives.ReadUInt16BigEndian(_rest) is not MarksFollow)
                return Text();

            var length = BinaryPrimitives.ReadUInt16BigEndian(_rest[2..]);
            marks = _rest.Slice(4, length).ToArray();
            _rest = _rest[(4 + length)..];
            return "";
        }

        public bool Flag()
        {
            var value = _rest[0] is not 0;
            _rest = _rest[1..];
            return value;
        }

        public byte[]? Bytes()
        {
            int length = _rest[0];
            var value = length == 0 ? null : _rest.Slice(1, length).ToArray();
            _rest = _rest[(1 + length)..];
            return value;
        }
    }
}
