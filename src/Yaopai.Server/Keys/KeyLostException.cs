namespace Yaopai.Server.Keys;

/// <summary>The ring holds no key for what it was asked to do, or not the one that it takes.</summary>
internal sealed class KeyLostException(KeyKind kind) : Exception($"No usable {kind} key.")
{
    public KeyKind Kind => kind;
}
