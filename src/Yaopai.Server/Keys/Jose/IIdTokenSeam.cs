namespace Yaopai.Server.Keys.Jose;

/// <summary>Where the sandbox makes ID tokens wrong. Asked in the caller's own context for every one that is signed.</summary>
internal interface IIdTokenSeam
{
    /// <summary>The wrong token; null to sign the right one.</summary>
    string? Sign(SigningKey key, JoseAlgorithm algorithm, ReadOnlySpan<byte> payload);
}
