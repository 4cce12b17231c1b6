namespace Yaopai.Server.DataStore;

internal enum PropertyKind
{
    Integer = 1,

    /// <summary>A text of at most 255 characters.</summary>
    String = 2,

    /// <summary>A text of at most 64 KiB.</summary>
    Blob = 3,
}

internal sealed record PropertyDefinition(string Name, PropertyKind Kind);

/// <summary>What objects and hash values of this name may hold.</summary>
internal sealed record ObjectType(string Name, IReadOnlyList<PropertyDefinition> Properties);

internal static class PropertyKinds
{
    /// <summary>The value as a property of this kind keeps it.</summary>
    public static DataAnswer<DataValue> Fit(this PropertyKind kind, DataValue value) => kind switch
    {
        PropertyKind.Integer => value.ToInteger() is { } number ? DataAnswer.Done(DataValue.Of(number)) : DataOutcome.InvalidOperation,
        _ when value.Text is null => DataOutcome.InvalidOperation,
        PropertyKind.String when DataText.Characters(value.Text) > DataText.LongestString => DataOutcome.InvalidArgument,
        _ => DataAnswer.Done(value),
    };
}
