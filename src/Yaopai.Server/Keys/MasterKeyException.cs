namespace Yaopai.Server.Keys;

internal enum MasterKeyFault
{
    /// <summary>The database holds keys, and nothing that opens them is there.</summary>
    Missing,

    /// <summary>Other users of the machine can read it.</summary>
    Exposed,

    /// <summary>What is there is no key.</summary>
    Malformed,

    /// <summary>It is the key of another database.</summary>
    Foreign,
}

/// <summary>The master key cannot be used. The message says why.</summary>
internal sealed class MasterKeyException(MasterKeyFault fault, string message, Exception? inner = null) : Exception(message, inner)
{
    public MasterKeyFault Fault => fault;
}
