namespace Yaopai.Server.Keys;

/// <summary>The master key cannot be used. The message says what to do about it.</summary>
internal sealed class MasterKeyException(string message, Exception? inner = null) : Exception(message, inner);
