namespace Yaopai.Server.DataStore;

internal enum AssociationKind
{
    /// <summary>Read from its first object only.</summary>
    OneWay = 1,

    /// <summary>Read from both objects by the same name.</summary>
    Symmetric = 2,

    /// <summary>Read from its first object by its name and from its second by its inverse.</summary>
    Asymmetric = 3,
}

/// <param name="Alias">What the object at this end is called, if anything.</param>
/// <param name="Type">The type that an object at this end must have; null for any.</param>
internal sealed record AssociationEnd(string? Alias, string? Type);

/// <param name="Inverse">The name from the second object to the first; an asymmetric association has one, others have none.</param>
internal sealed record AssociationDefinition(
    string Name, AssociationKind Kind, AssociationEnd First, AssociationEnd Second, string? Inverse);

/// <summary>What a rename changes; null leaves a part as it is.</summary>
internal sealed record AssociationRename(string? Name, string? FirstAlias, string? SecondAlias);
