using System.Text.RegularExpressions;
using System.Xml.Linq;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Yaopai.Server.Grants;
using Yaopai.Server.Pages;

namespace Yaopai.Tests.Pages;

public sealed partial class QrCodeTests
{
    private const int QuietZone = 4;

    public static TheoryData<string> Texts { get; } =
    [
        "http://a.io/",
        "http://127.0.0.1:7700/huawei/oauth2/v3/device?user_code=BCDFGHJK",
        "https://oauth-login1.cloud.huawei.com/oauth2/v3/device?user_code=BCDFGHJK",
        "https://platform.example/登录?user_code=BCDFGHJK&x=<\"'>",
        .. Enumerable.Range(0, 20).Select(_ => $"https://platform.example/huawei/oauth2/v3/device?user_code={UserCode.New()}"),
    ];

    [Theory, MemberData(nameof(Texts))]
    public async Task It_reads_as_what_was_drawn(string text)
    {
        var svg = await DrawAsync(text, "code");

        var size = int.Parse(svg.Attribute("viewBox")!.Value.Split(' ')[2]);
        var dark = new bool[size - (2 * QuietZone), size - (2 * QuietZone)];
        foreach (Match run in Run.Matches(svg.Elements().Last().Attribute("d")!.Value))
        {
            for (var i = 0; i < int.Parse(run.Groups["length"].Value); i++)
                dark[int.Parse(run.Groups["y"].Value) - QuietZone, int.Parse(run.Groups["x"].Value) + i - QuietZone] = true;
        }

        Assert.Equal(text, new QrReader(dark).Read());
    }

    [Fact]
    public async Task It_is_dark_on_white_with_a_quiet_zone_around()
    {
        var svg = await DrawAsync("http://a.io/", "code");

        Assert.Equal("0 0 29 29", svg.Attribute("viewBox")!.Value); // 21 modules and twice four
        Assert.Equal(["#fff", null], svg.Elements().Select(path => path.Attribute("fill")?.Value));
        Assert.Equal("M0 0h29v29h-29z", svg.Elements().First().Attribute("d")!.Value);
    }

    [Fact]
    public async Task It_needs_neither_style_nor_script_and_says_what_it_is()
    {
        var svg = await DrawAsync("http://a.io/", "Scan \"me\" <now> & 扫码");

        Assert.Equal(("img", "Scan \"me\" <now> & 扫码"), (svg.Attribute("role")!.Value, svg.Attribute("aria-label")!.Value));
        Assert.All(svg.DescendantsAndSelf(), element =>
        {
            Assert.Contains(element.Name.LocalName, new[] { "svg", "path" });
            Assert.Null(element.Attribute("style"));
            Assert.DoesNotContain(element.Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
        });
    }

    private static async Task<XElement> DrawAsync(string text, string label)
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, NullLoggerFactory.Instance);
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<QrCode>(ParameterView.FromDictionary(
            new Dictionary<string, object?> { [nameof(QrCode.Text)] = text, [nameof(QrCode.Label)] = label }))).ToHtmlString());
        return XElement.Parse(html);
    }

    [GeneratedRegex(@"M(?<x>\d+) (?<y>\d+)h(?<length>\d+)v1h-\d+z")]
    private static partial Regex Run { get; }
}
