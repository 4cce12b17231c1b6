using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Pages.Forms;

/// <summary>Forms that stood open while the world went on.</summary>
public sealed partial class OldFormTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private static readonly (string, string?)[] s_mainland = [("login", "mainland"), ("password", DemoData.Password)];

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task FC20_a_form_that_stood_open_too_long_leads_to_its_beginning(bool isConsent)
    {
        await new HuaweiCaller(fixture.Server).WithdrawAsync("mainland");
        using var browser = new BrowserClient(fixture.Server);
        var address = Web.Authorize(("state", "a&b=c"));
        var page = await browser.OpenAsync(address);
        if (isConsent)
            page = await browser.SubmitAndFollowAsync(page, s_mainland);
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "PT11M" });
        try
        {
            var taken = await browser.SubmitAsync(page, isConsent ? [("verdict", "Allow")] : s_mainland);
            var shown = await browser.GetAsync(page.Forms[0].Action);
            foreach (var told in new[] { taken, shown })
            {
                Assert.Equal((400, null), (told.Status, told.Location));
                var again = WebUtility.HtmlDecode(BeginAgain.Match(told.Html).Groups[1].Value);
                var begun = await browser.OpenAsync(again);
                Assert.True(begun.Has(isConsent ? "verdict" : "password"), begun.Html);
                if (told == taken)
                    continue;

                var done = await browser.AgreeAsync(again);
                Assert.Equal("a&b=c", done.Sent("state"));
                Assert.NotNull(done.Sent("code"));
            }

            var forged = page.Forms[0].Action[..^1] + (page.Forms[0].Action[^1] is 'A' ? 'Q' : 'A');
            Assert.DoesNotMatch(BeginAgain, (await browser.GetAsync(forged)).Html);
        }
        finally
        {
            await fixture.Server.Http.DeleteAsync("/sandbox/clock");
        }
    }

    [Fact]
    public async Task FC21_the_same_form_in_a_second_tab_leads_the_same_person_on()
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();
        await SignOutAsync(browser);
        var (first, second) = (await browser.OpenAsync(Web.Authorize()), await browser.OpenAsync(Web.Authorize(("state", "second"))));
        Assert.NotNull((await browser.SubmitAndFollowAsync(first, s_mainland)).Sent("code"));
        var session = Session(browser);

        var on = await browser.SubmitAsync(second, s_mainland);
        Assert.Equal(303, on.Status);
        Assert.Equal("second", (await browser.OpenAsync(on.Location!)).Sent("state"));
        Assert.Equal(session, Session(browser)); // the sign-in that there is goes on

        var other = await browser.SubmitAsync(second, ("login", "hongkong"), ("password", DemoData.Password));
        Assert.Equal((400, null), (other.Status, other.Location));
        Assert.Contains("Please reload the page", other.Html);
        Assert.Equal(session, Session(browser));
    }

    [Fact]
    public async Task FC21_where_the_app_wants_a_sign_in_of_now_the_second_tab_has_to_bring_one()
    {
        using var browser = new BrowserClient(fixture.Server);
        await browser.AgreeAsync();
        await SignOutAsync(browser);
        var first = await browser.OpenAsync(Web.Authorize());
        await browser.SubmitAndFollowAsync(first, s_mainland);
        var asking = await browser.OpenAsync(Web.Authorize(("prompt", "login")));
        var form = first.Forms[0].Preset.Single(field => field.Name is "forgery");

        var refused = await browser.SubmitAsync(asking, ("login", "mainland"), ("password", "wrong"), form);
        Assert.Equal((400, null), (refused.Status, refused.Location));
    }

    private static string Session(BrowserClient browser) => browser.Cookies.Single(cookie => cookie.Name is "yaopai-session").Value;

    private static async Task SignOutAsync(BrowserClient browser)
    {
        var form = (await browser.OpenAsync("/account")).Forms.Single(form => form.Action is "/sign-out");
        await browser.PostAsync(form.Action, [.. form.Preset]);
    }

    [GeneratedRegex("href=\"([^\"]*)\">Begin again</a>")]
    private static partial Regex BeginAgain { get; }
}
