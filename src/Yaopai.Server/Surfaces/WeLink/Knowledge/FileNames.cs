using Yaopai.Server.DataStore;
using Yaopai.Server.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>Names and sums of files, as senders write them.</summary>
internal static class FileNames
{
    /// <summary>The last part of a path; empty for what is no name.</summary>
    public static string Of(string text)
    {
        var name = text[(text.LastIndexOfAny(['/', '\\']) + 1)..].Trim();
        return name.Trim('.') is not "" && !name.Any(char.IsControl) && DataText.IsText(name, KnowledgeLimits.FileName) ? name : "";
    }

    /// <summary>Null for a text that is none.</summary>
    public static byte[]? Md5Of(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigit) ? Convert.FromHexString(text) : null;
}
