using System.Globalization;
using System.Security;
using System.Text;
using QRCoder;

namespace Yaopai.Server.OAuth;

/// <summary>A text as a QR code: SVG that needs neither style nor script, and shows alone as well as in a page.</summary>
internal static class QrDrawing
{
    public const string ContentType = "image/svg+xml";

    /// <param name="label">The text for people who cannot see the picture.</param>
    public static string Svg(string text, string label)
    {
        using var data = QRCodeGenerator.GenerateQrCode(text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var size = data.ModuleMatrix.Count;
        var said = SecurityElement.Escape(label);

        // Black on white on dark screens too: many readers know no other.
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" role="img" aria-label="{said}" shape-rendering="crispEdges">
            <path fill="#fff" d="M0 0h{size}v{size}h-{size}z"/><path d="{DarkRuns(data)}"/>
            </svg>
            """;
    }

    /// <summary>One rectangle for each row's neighbouring dark modules; the quiet zone around is in the matrix.</summary>
    private static string DarkRuns(QRCodeData data)
    {
        var path = new StringBuilder();
        for (var y = 0; y < data.ModuleMatrix.Count; y++)
        {
            var row = data.ModuleMatrix[y];
            for (var x = 0; x < row.Length; x++)
            {
                if (!row[x])
                    continue;

                var start = x;
                while (x < row.Length && row[x])
                    x++;
                path.Append(CultureInfo.InvariantCulture, $"M{start} {y}h{x - start}v1h-{x - start}z");
            }
        }

        return path.ToString();
    }
}
