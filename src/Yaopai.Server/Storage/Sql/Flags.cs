namespace Yaopai.Server.Storage.Sql;

/// <summary>What is true or not, as the statements of both engines compare it.</summary>
internal static class Flags
{
    public static long? Of(bool? holds) => holds switch { null => null, true => 1, false => 0 };
}
