using System.Globalization;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Marketplace;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.WeLink.Marketplace;

/// <summary>The marketplace, as an app hears of its sales from it.</summary>
internal sealed class MarketCaller(TestServer server, long appId)
{
    public const string Key = "a key that the app shares with the marketplace";

    /// <summary>The next call is of this instant; null for now.</summary>
    public DateTimeOffset? At { get; set; }

    public string? SignedWith { get; set; } = Key;

    /// <summary>An app gets its key as an operator would set it.</summary>
    public static async Task<MarketCaller> OfAsync(TestServer server, long appId)
    {
        await server.Get<MarketKeys>().PutAsync(appId, Key, default);
        return new(server, appId);
    }

    public static string Extension(long tenantId) => Convert.ToBase64String(
        Encoding.UTF8.GetBytes($$"""[{"name":"other","value":"1"},{"name":"tenantId","value":"{{TenantIds.Write(tenantId)}}"}]"""));

    public async Task<string> BuyAsync(string order, string customer, long? tenantId = null)
    {
        var json = await (await CallAsync("newInstance",
            ("orderId", order), ("customerId", customer), ("productId", "product"), ("skuCode", "sku"), ("expireTime", "20300101000000"),
            ("saasExtendParams", tenantId is { } id ? Extension(id) : null))).ShouldSayAsync("000000");
        return json.GetProperty("instanceId").GetString()!;
    }

    public async Task<HttpResponseMessage> CallAsync(string? activity, params (string Name, string? Value)[] parameters)
    {
        var instant = (At ?? TimeProvider.System.GetUtcNow()).UtcDateTime.ToString("yyyyMMddHHmmssfff", CultureInfo.InvariantCulture);
        var all = parameters.Append<(string Name, string? Value)>(("activity", activity)).Where(one => one.Value is not null)
            .Select(one => KeyValuePair.Create(one.Name, one.Value!)).ToList();
        if (all.All(one => one.Key is not "timeStamp"))
            all.Add(new("timeStamp", instant));
        if (SignedWith is { } key && all.All(one => one.Key is not "authToken"))
            all.Add(new("authToken", MarketSignature.OfCall(key, all.Single(one => one.Key is "timeStamp").Value, all)));
        var query = string.Join('&', all.Select(one => $"{one.Key}={Uri.EscapeDataString(one.Value)}"));
        return await server.Http.GetAsync($"{WeLinkCaller.Root}/api/market/v1/callback/{appId}?{query}");
    }
}

internal static class MarketWire
{
    /// <summary>The answer is of this code, and signed.</summary>
    public static async Task<JsonElement> ShouldSayAsync(this HttpResponseMessage response, string code, bool isSigned = true)
    {
        var bytes = await response.Content.ReadAsByteArrayAsync();
        var json = JsonDocument.Parse(bytes).RootElement;
        Assert.True(json.GetProperty("resultCode").GetString() == code, json.ToString());
        Assert.Equal(200, (int)response.StatusCode);
        Assert.Equal(isSigned, response.Headers.Contains("Body-Sign"));
        if (isSigned)
        {
            Assert.Equal(
                $"sign_type=\"HMAC-SHA256\", signature= \"{MarketSignature.OfAnswer(MarketCaller.Key, bytes)}\"",
                Assert.Single(response.Headers.GetValues("Body-Sign")));
        }

        return json;
    }
}
