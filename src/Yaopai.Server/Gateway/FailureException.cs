namespace Yaopai.Server.Gateway;

/// <summary>Carries a failure out of the depth where it was found. Never thrown for anything that a caller did wrong.</summary>
internal sealed class FailureException(Failure failure, string detail) : Exception(detail)
{
    public Failure Failure => failure;
}
