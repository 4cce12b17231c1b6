namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>Ids of members and of public accounts, as callers write them.</summary>
internal static class UserIds
{
    private const int Longest = 128;

    /// <summary>False for a text that nobody can have for an id, and that no database need be asked for.</summary>
    public static bool IsPossible(string text) =>
        text.Length is > 0 and <= Longest && text.All(unit => unit > ' ' && !char.IsSurrogate(unit));
}
