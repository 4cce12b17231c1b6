namespace Yaopai.Server.DataStore;

/// <summary>One object associated with another.</summary>
internal sealed record Association(string Name, long FirstId, long SecondId, string Data, DateTimeOffset Time);

/// <summary>The two objects of an association.</summary>
internal readonly record struct AssociationKey(string Name, long FirstId, long SecondId);

/// <summary>A part of a list. Pages count from zero.</summary>
internal readonly record struct DataPage(long Number, long Size)
{
    public static DataPage First => new(0, DataLimits.LargestPage);

    public bool IsSound => Number is >= 0 and <= DataLimits.LastPage && Size is > 0 and <= DataLimits.LargestPage;

    public long Skipped => Number * Size;
}

/// <summary>An object seen from the one that it is associated with.</summary>
internal sealed record AssociatedObject(long Id, string Data, DateTimeOffset Time);
