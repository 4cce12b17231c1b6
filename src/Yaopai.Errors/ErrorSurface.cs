namespace Yaopai.Errors;

/// <summary>A wire dialect and every error that it documents.</summary>
/// <param name="Slug">Its short name in addresses and on the command line: <c>huawei</c>.</param>
/// <param name="Name">Its name in code, as in <see cref="ErrorDefinition.Surface"/>: <c>HuaweiAccount</c>.</param>
public sealed record ErrorSurface(string Slug, string Name, string Zh, string En, IReadOnlyList<ErrorDefinition> Errors)
{
    public override string ToString() => Slug;
}
