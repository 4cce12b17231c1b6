using System.Globalization;
using System.Text.RegularExpressions;

namespace Yaopai.Server.Organisations;

/// <summary>What the ids of organisations, and of their people, may look like.</summary>
internal static partial class TenantFormats
{
    public const int LongestKey = 128;

    /// <summary>What follows the @ in the ids of an organisation's people:
    /// 1 to 64 lower-case letters and digits, with . or - between.</summary>
    public static bool IsDomain(string value) => DomainFormat.IsMatch(value);

    /// <summary>An id that others choose.</summary>
    public static bool IsKey(string value) =>
        value.Length is >= 1 and <= LongestKey && value.All(unit => unit > ' ' && !char.IsControl(unit) && !char.IsSurrogate(unit));

    public static bool TryReadId(string value, out long id)
    {
        id = 0;
        return value.Length is 16 && long.TryParse(value, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);
    }

    /// <summary>Sixteen hexadecimal digits.</summary>
    public static string WriteId(long id) => id.ToString("X16", CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?\z")]
    private static partial Regex DomainFormat { get; }
}
