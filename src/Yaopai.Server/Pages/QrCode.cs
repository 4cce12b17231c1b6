using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using QRCoder;

namespace Yaopai.Server.Pages;

/// <summary>A text as a QR code, drawn into the page: nothing to load, and no style that a strict policy would refuse.</summary>
public sealed class QrCode : ComponentBase
{
    [Parameter, EditorRequired]
    public string Text { get; set; } = "";

    /// <summary>What it is, for who cannot see it.</summary>
    [Parameter, EditorRequired]
    public string Label { get; set; } = "";

    protected override void BuildRenderTree(RenderTreeBuilder builder)
    {
        using var data = QRCodeGenerator.GenerateQrCode(Text, QRCodeGenerator.ECCLevel.M, forceUtf8: true);
        var size = data.ModuleMatrix.Count.ToString(CultureInfo.InvariantCulture);

        builder.OpenElement(0, "svg");
        builder.AddAttribute(1, "xmlns", "http://www.w3.org/2000/svg");
        builder.AddAttribute(2, "class", "qr");
        builder.AddAttribute(3, "viewBox", $"0 0 {size} {size}");
        builder.AddAttribute(4, "role", "img");
        builder.AddAttribute(5, "aria-label", Label);
        builder.AddAttribute(6, "shape-rendering", "crispEdges");

        // Black on white in dark pages too: many readers know no other.
        builder.OpenElement(7, "path");
        builder.AddAttribute(8, "fill", "#fff");
        builder.AddAttribute(9, "d", $"M0 0h{size}v{size}h-{size}z");
        builder.CloseElement();
        builder.OpenElement(10, "path");
        builder.AddAttribute(11, "d", DarkRuns(data));
        builder.CloseElement();
        builder.CloseElement();
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
