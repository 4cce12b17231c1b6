using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>A developer at the sandbox, who has events sent to a receiver and looks at what became of them.</summary>
internal static class Subscriber
{
    public static async Task SubscribeAsync(this HttpClient server, long clientId, string? callback)
    {
        var response = await server.PostAsJsonAsync("/sandbox/events/callback", new { client_id = clientId, callback });
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>The newest first.</summary>
    public static async Task<JsonElement[]> EventsAsync(this HttpClient server, long clientId)
    {
        var json = await (await server.GetAsync($"/sandbox/events?client_id={clientId}")).JsonAsync();
        return [.. json.GetProperty("events").EnumerateArray()];
    }

    /// <summary>Waits until the newest event looks like this.</summary>
    public static async Task<JsonElement> NewestAsync(this HttpClient server, long clientId, Func<JsonElement, bool> condition)
    {
        JsonElement found = default;
        await Eventually.HoldsAsync(async () => await server.EventsAsync(clientId) is [var newest, ..] && condition(found = newest));
        return found;
    }

    public static bool Is(this JsonElement stored, string state) => stored.GetProperty("state").GetString() == state;

    public static Task WithdrawAsync(this HttpClient server, long clientId, string user) =>
        server.PostAsJsonAsync("/sandbox/withdraw", new { client_id = clientId, user });
}
