using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Yaopai.Server.Admin.Api;

/// <summary>ETags: a hash of what is shown, so that whatever changes it changes them too.</summary>
internal static class VersionTag
{
    private const int Length = 16;

    public static string Of(IReadOnlyList<Field> fields) =>
        $"\"{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Fields.ToRecord(fields))).AsSpan(0, Length))}\"";

    /// <summary>RFC 9110 §13.1.1: a list of tags, of which a weak one never matches.</summary>
    public static bool Matches(string ifMatch, string tag) =>
        ifMatch.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Contains(tag, StringComparer.Ordinal);
}
