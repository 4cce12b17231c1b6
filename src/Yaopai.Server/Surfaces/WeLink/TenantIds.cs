using System.Globalization;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>Ids of organisations as they are written: sixteen hexadecimal digits, upper case.</summary>
internal static class TenantIds
{
    public static string Write(long id) => id.ToString("X16", CultureInfo.InvariantCulture);

    /// <summary>Null for a text that is none.</summary>
    public static long? Parse(string text) =>
        text.Length == 16 && long.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var id) ? id : null;
}
