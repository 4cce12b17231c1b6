using System.Xml.Linq;
using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;

namespace Yaopai.Tests.OAuth;

public sealed class QrDrawingTests
{
    public static TheoryData<string> Texts { get; } =
    [
        "http://a.io/",
        "http://127.0.0.1:7700/huawei/oauth2/v3/device?user_code=BCDFGHJK",
        "https://oauth-login1.cloud.huawei.com/oauth2/v3/device?user_code=BCDFGHJK",
        "https://platform.example/登录?user_code=BCDFGHJK&x=<\"'>",
        .. Enumerable.Range(0, 20).Select(_ => $"https://platform.example/huawei/oauth2/v3/device?user_code={UserCode.New()}"),
    ];

    [Theory, MemberData(nameof(Texts))]
    public void It_reads_as_what_was_drawn(string text) => Assert.Equal(text, QrReader.Read(Draw(text, "code")));

    [Fact]
    public void It_is_dark_on_white_with_a_quiet_zone_around()
    {
        var svg = Draw("http://a.io/", "code");

        Assert.Equal("0 0 29 29", svg.Attribute("viewBox")!.Value); // 21 modules and twice four
        Assert.Equal(["#fff", null], svg.Elements().Select(path => path.Attribute("fill")?.Value));
        Assert.Equal("M0 0h29v29h-29z", svg.Elements().First().Attribute("d")!.Value);
    }

    [Fact]
    public void It_needs_neither_style_nor_script_and_says_what_it_is()
    {
        var svg = Draw("http://a.io/", "Scan \"me\" <now> & 扫码");

        Assert.Equal(("img", "Scan \"me\" <now> & 扫码"), (svg.Attribute("role")!.Value, svg.Attribute("aria-label")!.Value));
        Assert.All(svg.DescendantsAndSelf(), element =>
        {
            Assert.Contains(element.Name.LocalName, new[] { "svg", "path" });
            Assert.Null(element.Attribute("style"));
            Assert.DoesNotContain(element.Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        });
    }

    private static XElement Draw(string text, string label) => XElement.Parse(QrDrawing.Svg(text, label));
}
