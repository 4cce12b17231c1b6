using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Http;

/// <summary>A person of a test's own who signs in with two steps, and the app on their phone.</summary>
internal sealed class TwoStepPerson
{
    public const string Secret = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ";

    private readonly TestServer _server;

    private TwoStepPerson(TestServer server, long id) => (_server, Id) = (server, id);

    public long Id { get; }

    public string Name => $"two-step-{Id}";

    public static async Task<TwoStepPerson> NewAsync(TestServer server, string? secret = Secret)
    {
        var person = new TwoStepPerson(server, Samples.NewId());
        var response = await server.Http.PostAsJsonAsync(
            "/sandbox/users", new { id = person.Id, name = person.Name, totp_secret = secret });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return person;
    }

    /// <summary>What the app shows. A minute later than at the last time, because a code is good once.</summary>
    public async Task<string> CodeAsync()
    {
        await AdvanceAsync("PT1M");
        var response = await _server.Http.PostAsync($"/sandbox/users/{Name}/totp", null);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString()!;
    }

    /// <summary>A code that the app does not show, before or after.</summary>
    public async Task<string> WrongCodeAsync() => $"{(int.Parse(await CodeAsync()) + 500_000) % 1_000_000:d6}";

    public async Task AdvanceAsync(string duration) =>
        Assert.True((await _server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration })).IsSuccessStatusCode);

    /// <summary>Gives the password on the page that the address leads to; the page that comes asks for the code.</summary>
    public Task<BrowserClient.View> GivePasswordAsync(BrowserClient browser, string address = "/account") =>
        GivePasswordAsync(browser, browser.OpenAsync(address));

    public async Task<BrowserClient.View> GivePasswordAsync(BrowserClient browser, Task<BrowserClient.View> page) =>
        await browser.SubmitAndFollowAsync(await page, ("login", Name), ("password", DemoData.Password));

    /// <summary>Both steps, to the page behind them.</summary>
    public async Task<BrowserClient.View> SignInAsync(BrowserClient browser, string address = "/account") =>
        await browser.SubmitAndFollowAsync(await GivePasswordAsync(browser, address), ("code", await CodeAsync()));
}
