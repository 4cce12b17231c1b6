using Yaopai.Server.DataStore;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.DataStore;

/// <summary>A definition as it is stored, and whether it was found by its inverse.</summary>
internal sealed class AssociationDefinitionRow
{
    public const string Select =
        """
        SELECT data_association.id, data_association.name, data_association.inverse, data_association.kind,
               data_association.first_alias, data_association.second_alias, data_association.first_type, data_association.second_type,
               first.name AS first_type_name, second.name AS second_type_name
          FROM data_association
          LEFT JOIN data_type first  ON first.app_id  = data_association.app_id AND first.id  = data_association.first_type
          LEFT JOIN data_type second ON second.app_id = data_association.app_id AND second.id = data_association.second_type
        """;

    public long Id { get; init; }
    public string Name { get; init; } = "";
    public string? Inverse { get; init; }
    public long Kind { get; init; }
    public string? FirstAlias { get; init; }
    public long? FirstType { get; init; }
    public string? FirstTypeName { get; init; }
    public string? SecondAlias { get; init; }
    public long? SecondType { get; init; }
    public string? SecondTypeName { get; init; }

    public bool IsInverse { get; private set; }

    public bool IsSymmetric => (AssociationKind)Kind is AssociationKind.Symmetric;

    /// <summary>Whether it is read from the first object of a stored association.</summary>
    public bool IsReadFromFirst => !IsInverse;

    /// <summary>Whether it is read from the second object of a stored association.</summary>
    public bool IsReadFromSecond => IsInverse || IsSymmetric;

    public static async Task<AssociationDefinitionRow?> FindAsync(Session session, long appId, string name)
    {
        var row = await session.FirstAsync<AssociationDefinitionRow>(
            $"""
            {Select}
             WHERE data_association.app_id = @appId AND (data_association.name = @name OR data_association.inverse = @name)
            """, new { appId, name });
        if (row is not null)
            row.IsInverse = row.Name != name;
        return row;
    }

    public AssociationDefinition ToDefinition()
    {
        var (first, second) = (new AssociationEnd(FirstAlias, FirstTypeName), new AssociationEnd(SecondAlias, SecondTypeName));
        return IsInverse
            ? new(Inverse!, (AssociationKind)Kind, second, first, Name)
            : new(Name, (AssociationKind)Kind, first, second, Inverse);
    }

    /// <summary>Whether objects of these types may be associated, seen from the name that was used.</summary>
    public bool Takes(long firstType, long secondType) => IsInverse
        ? Fits(secondType, firstType)
        : Fits(firstType, secondType) || (IsSymmetric && Fits(secondType, firstType));

    /// <summary>Whether an object of this type may be the one it is read from.</summary>
    public bool IsReadFrom(long type) =>
        (IsReadFromFirst && (FirstType ?? type) == type)
        || (IsReadFromSecond && (SecondType ?? type) == type);

    /// <summary>The two objects as an association of them is stored.</summary>
    public (long First, long Second) Order(long firstId, long secondId) =>
        IsInverse || (IsSymmetric && firstId > secondId) ? (secondId, firstId) : (firstId, secondId);

    private bool Fits(long firstType, long secondType) => (FirstType ?? firstType) == firstType && (SecondType ?? secondType) == secondType;
}
