using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Yaopai.Server.Apps;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Server.Surfaces.WeLink.Events;
using Yaopai.Tests.Events;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.WeLink.Events;

/// <summary>From what happens in an organisation to what the receiver of an app reads, over the whole server.</summary>
public sealed class TenantEventsTests(TenantEventsTests.QuickRetries fixture) : IClassFixture<TenantEventsTests.QuickRetries>
{
    public sealed class QuickRetries : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Events:PollInterval", "00:00:00.2"), ("Events:FirstRetry", "00:00:00.05"), ("Events:LongestRetry", "00:00:01")];
    }

    private readonly TestServer _server = fixture.Server;

    [Fact]
    public async Task A_subscription_and_its_end_are_told_under_the_apps_secret()
    {
        var app = await NewIsvAsync();
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(app, receiver);

        var subscriptions = _server.Get<ISubscriptionStore>();
        Assert.True(await subscriptions.TrySubscribeAsync(DemoOrganisations.Stranger, app.ClientId, DateTimeOffset.UnixEpoch, default));
        var begun = Read(app, (await receiver.WaitAsync(1))[0]);
        Assert.Equal(["eventType", "timestamp", "tenantId"], begun.EnumerateObject().Select(member => member.Name));
        Assert.Equal("corpAuth", begun.GetProperty("eventType").GetString());
        Assert.Equal(TenantIds.Write(DemoOrganisations.Stranger), begun.GetProperty("tenantId").GetString());
        Assert.Matches("^[0-9]{13}$", begun.GetProperty("timestamp").GetString());

        Assert.True(await subscriptions.TryUnsubscribeAsync(DemoOrganisations.Stranger, app.ClientId, default));
        var ended = Read(app, (await receiver.WaitAsync(2))[1]);
        Assert.Equal("corpCancelAuth", ended.GetProperty("eventType").GetString());
    }

    [Fact]
    public async Task A_receiver_that_says_that_it_failed_gets_the_event_again()
    {
        var app = await NewIsvAsync();
        string[] answers =
        [
            JsonSerializer.Serialize(new { encrypt = EventCipher.Encrypt(app.ClientSecret, """{"msg":"failed","timestamp":"1"}""") }),
            EventCipher.Encrypt(app.ClientSecret, """{"msg":"failed","timestamp":"1"}"""), // as older receivers answer
            JsonSerializer.Serialize(new { encrypt = EventCipher.Encrypt(app.ClientSecret, """{"msg":"success","timestamp":"1"}""") }),
        ];
        await using var receiver = await Receiver.StartAsync((nth, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
            return http.Response.WriteAsync(answers[Math.Min(nth, answers.Length) - 1]);
        });
        await SubscribeAsync(app, receiver);

        await HappenAsync(app);

        var stored = await _server.Http.NewestAsync(app.ClientId, one => one.Is("delivered"));
        Assert.Equal(3, stored.GetProperty("tries").GetInt32());
        Assert.Single(receiver.All.Select(received => Read(app, received).ToString()).Distinct());
    }

    [Theory]
    [InlineData(""), InlineData("OK"), InlineData("""{"encrypt":"nonsense"}"""), InlineData("[1"), InlineData("""{"encrypt":1}""")]
    public async Task A_receiver_that_answers_something_else_took_it(string answer)
    {
        var app = await NewIsvAsync();
        await using var receiver = await Receiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = StatusCodes.Status200OK;
            return http.Response.WriteAsync(answer);
        });
        await SubscribeAsync(app, receiver);

        await HappenAsync(app);

        Assert.Equal(1, (await _server.Http.NewestAsync(app.ClientId, one => one.Is("delivered"))).GetProperty("tries").GetInt32());
    }

    [Fact]
    public async Task An_app_whose_secret_is_not_kept_is_told_nothing_and_the_event_says_what_is_missing()
    {
        var app = await NewIsvAsync();
        var store = _server.Get<IAppStore>();
        Assert.True(await store.TryChangeAsync((await store.FindAsync(app.ClientId, default))! with { SigningSecrets = [] }, default));
        _server.Get<AppDirectory>().Clear();
        await using var receiver = await Receiver.StartAsync();
        await SubscribeAsync(app, receiver);

        await HappenAsync(app);

        var stored = await _server.Http.NewestAsync(app.ClientId, one => one.GetProperty("last_answer").ValueKind is JsonValueKind.String);
        Assert.StartsWith(
            "the server keeps no secret of the app", stored.GetProperty("last_answer").GetString(), StringComparison.Ordinal);
        Assert.Empty(receiver.All);
    }

    private async Task HappenAsync(DemoData.DemoApp app) => Assert.True(await _server.Get<ISubscriptionStore>().TrySubscribeAsync(
        DemoOrganisations.Stranger, app.ClientId, DateTimeOffset.UnixEpoch, default));

    private Task<DemoData.DemoApp> NewIsvAsync() => _server.NewAppAsync(DemoData.Apps[1]);

    private async Task SubscribeAsync(DemoData.DemoApp app, Receiver receiver)
    {
        var response = await _server.Http.PostAsJsonAsync(
            "/sandbox/events/callback", new { client_id = app.ClientId, callback = receiver.Callback, surface = "welink" });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    private static JsonElement Read(DemoData.DemoApp app, Receiver.Received received)
    {
        Assert.Equal(("POST", "application/json; charset=utf-8", ""), (received.Method, received.ContentType, received.Authorization));
        Assert.Equal("encrypt", Assert.Single(received.Json.EnumerateObject()).Name);
        return JsonDocument.Parse(EventCipher.Decrypt(app.ClientSecret, received.Json.GetProperty("encrypt").GetString()!)!).RootElement;
    }
}
