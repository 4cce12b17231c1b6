namespace Yaopai.Server.Keys;

/// <summary>What identifiers are made of in an installation that is new, instead of a key that chance makes. For the sandbox.</summary>
internal sealed record FirstIdentifierKey(byte[] Bytes)
{
    // Whatever writes records into logs finds no key in this one.
    public override string ToString() => nameof(FirstIdentifierKey);
}
