using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Keys;

/// <summary>Where the sandbox makes keys disappear. Asked in the caller's own context at every use of a key.</summary>
internal interface IKeySeam
{
    bool IsLost { get; }

    /// <summary>RSA keys that are published beside those of the ring.</summary>
    IReadOnlyList<SigningKey> Published => [];
}
