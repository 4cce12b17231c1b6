namespace Yaopai.Server.Provisioning;

/// <summary>What is wanted of a department. What is null stays as it is.</summary>
/// <param name="Key">The customer's own code of it; or a <see cref="NumberSign"/> and its number, where the customer gave it none.</param>
/// <param name="ParentKey">Null for a department that stays where it is.</param>
internal sealed record DepartmentChange(string Key, string? ParentKey = null)
{
    public const string Root = "0";
    public const char NumberSign = '#';

    public string? Name { get; init; }

    public string? NameEn { get; init; }

    /// <summary>The customer's own id of the member who leads it.</summary>
    public string? Manager { get; init; }

    /// <summary>Among its sisters.</summary>
    public int? Position { get; init; }

    public int? VisibleRange { get; init; }

    /// <summary>The code that it gets instead.</summary>
    public string? NewKey { get; init; }
}
