using System.Text.RegularExpressions;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>The formats that the documents give, to the letter. <c>\z</c>, because <c>$</c> lets a final newline pass.</summary>
internal static partial class Formats
{
    public const int LongestCode = 1024;

    /// <summary>Of an OpenID or a UnionID: those of this server are shorter.</summary>
    public const int LongestIdentifier = 256;

    [GeneratedRegex(@"^[0-9]{1,64}\z")]
    public static partial Regex ClientId { get; }

    /// <summary>Codes, access and refresh tokens, client secrets.</summary>
    [GeneratedRegex(@"^[0-9a-zA-Z=/\\+]+\z")]
    public static partial Regex Credential { get; }

    [GeneratedRegex(@"^[0-9a-zA-Z_\-\.]+\z")]
    public static partial Regex IdToken { get; }

    [GeneratedRegex(@"^[0-9a-zA-Z:/\\.\u0020]+\z")]
    private static partial Regex Scope { get; }

    /// <summary>1 to 150 names; each counts, the same again too.</summary>
    public static bool AreScopes(string text) =>
        Scope.IsMatch(text) && text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length is > 0 and <= 150;

    /// <summary>The hex of SHA-512.</summary>
    [GeneratedRegex(@"^[0-9a-fA-F]{128}\z")]
    public static partial Regex Sha512 { get; }

    [GeneratedRegex(@"^[0-9a-fA-F]{1,64}\z")]
    public static partial Regex KeyId { get; }

    /// <summary>A date and a time to the second, and 10 to 20 digits more.</summary>
    [GeneratedRegex(@"^[0-9]{24,34}\z")]
    public static partial Regex TransactionId { get; }
}
