namespace Yaopai.Server.Gateway;

/// <summary>Carries a mishap out of the depth where it was found. Never thrown for anything that a caller did wrong.</summary>
internal sealed class MishapException(Mishap mishap, string detail) : Exception(detail)
{
    public Mishap Mishap => mishap;
}
