namespace Yaopai.Server.DataStore;

/// <summary>One object tied to another.</summary>
internal sealed record Association(string Name, long FirstId, long SecondId, string Data, DateTimeOffset Time);

/// <summary>The two objects that an association ties.</summary>
internal readonly record struct AssociationKey(string Name, long FirstId, long SecondId);

/// <summary>An object seen from the one it is tied to.</summary>
internal sealed record AssociatedObject(long Id, string Data, DateTimeOffset Time);
