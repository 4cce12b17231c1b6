using System.Globalization;
using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Marketplace;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.WeLink.Marketplace;

/// <summary>A call of the marketplace about an app's purchases, and what its rules have loaded for it so far.</summary>
internal sealed class MarketCall(Call call, MarketCallback operation, Failure? trouble)
{
    /// <summary>How the marketplace writes instants, all in UTC.</summary>
    public const string Seconds = "yyyyMMddHHmmss";

    private const string Milliseconds = Seconds + "fff";

    private const int LongestId = 64;

    private static readonly string[] s_names =
    [
        "activity", "customerId", "expireTime", "instanceId", "orderId", "productId", "saasExtendParams", "skuCode", "timeStamp",
    ];

    /// <summary>How far the time of a call may be from ours: an older one is somebody's copy.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(5);

    private string? _key;
    private DateTimeOffset? _expiresAt;
    private long? _buyerId;

    public string this[string name] => call.Parameters[name];

    public Call Call => call;

    public long? AppId { get; } = ClientId.Parse(call.LastSegment);

    public bool IsReadable => trouble is null && !call.Parameters.HaveRepeats; // it is signed

    /// <summary>The instance that the call is about, or made.</summary>
    public string InstanceId { get; private set; } = "";

    public App App => call.App!;

    public async ValueTask<bool> LoadKeyAsync() =>
        call.App is { } app && (_key = await operation.Keys.FindAsync(app.Id, call.Ct)) is not null;

    /// <summary>The signature shows that it is the marketplace, so this counts against the app and no address.</summary>
    public bool TryTakeQuota() => operation.Quotas.TryTake(App, MarketCallback.Target);

    // What is signed is names and values put together: a value that holds another parameter is signed as the two would be.
    private bool SaysOneThing => call.Parameters.Items.All(item =>
        !item.Key.AsSpan().ContainsAny('&', '=')
        && !s_names.Any(name => item.Value.Contains($"&{name}=", StringComparison.Ordinal)));

    public bool IsSigned => SaysOneThing && MarketSignature.Matches(
        MarketSignature.OfCall(_key!, this["timeStamp"], call.Parameters.Items.Where(item => item.Key is not "authToken")),
        this["authToken"]);

    public bool IsOfNow =>
        Parse(this["timeStamp"], Milliseconds) is { } instant && (instant - call.NowFor(AppId!.Value)).Duration() <= s_window;

    public bool IsId(string name) => this[name].Length is > 0 and <= LongestId;

    /// <summary>What may be missing, but may not be longer than what is kept.</summary>
    public bool IsShort(string name) => this[name].Length <= LongestId;

    public bool ReadExpiry() => this["expireTime"] is "" || (_expiresAt = Parse(this["expireTime"], Seconds)) is not null;

    /// <summary>The organisation that bought it, where it bought through this platform: a member of the extension parameters.</summary>
    public bool ReadBuyer()
    {
        if (this["saasExtendParams"] is "")
            return true;

        _buyerId = BuyerIn(this["saasExtendParams"]);
        return _buyerId is not null;
    }

    public async ValueTask<bool> BuyerIsKnownAsync() =>
        _buyerId is not { } id || await operation.Tenants.FindAsync(id, call.Ct) is not null;

    public async ValueTask<bool> BuyAsync()
    {
        var bought = await operation.Purchases.AddAsync(
            new Purchase(
                AppId!.Value, Randomness.NewGuid().ToString("n"), this["orderId"], this["customerId"], this["productId"], this["skuCode"],
                _expiresAt, PurchaseState.Active, call.NowFor(AppId.Value)),
            _buyerId, call.Ct);
        InstanceId = bought?.InstanceId ?? "";
        return bought is not null;
    }

    public async ValueTask<bool> RenewAsync()
    {
        InstanceId = this["instanceId"];
        return await operation.Purchases.TryRenewAsync(
            new Renewal(AppId!.Value, InstanceId, this["orderId"], this["productId"], _expiresAt), call.Ct);
    }

    public async ValueTask<bool> EndAsync(PurchaseState state)
    {
        InstanceId = this["instanceId"];
        return await operation.Purchases.TryEndAsync(AppId!.Value, InstanceId, state, call.Ct);
    }

    /// <summary>An answer in the marketplace's words, signed where there is a key to sign with.</summary>
    public Answer Answer(string code, string text)
    {
        var body = Json.Write((code, text, InstanceId), static (json, it) =>
        {
            json.WriteString("resultCode", it.code);
            json.WriteString("resultMsg", it.text);
            if (it.InstanceId is not "")
                json.WriteString("instanceId", it.InstanceId);
        });
        if (_key is not null)
        {
            call.Http.Response.Headers["Body-Sign"] =
                $"sign_type=\"HMAC-SHA256\", signature= \"{MarketSignature.OfAnswer(_key, body)}\"";
        }

        return new Answer(body, "application/json; charset=utf-8");
    }

    private static DateTimeOffset? Parse(string text, string format) => DateTimeOffset.TryParseExact(
        text, format, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var instant) ? instant : null;

    /// <summary>Base64 of <c>[{"name":"tenantId","value":"…"}]</c>; null for anything other.</summary>
    private static long? BuyerIn(string extension)
    {
        var bytes = new byte[extension.Length];
        if (!Convert.TryFromBase64String(extension, bytes, out var length))
            return null;

        return StrictJson.ReadArray(bytes[..length]) is { } list
            ? list.EnumerateArray().Where(item => Text(item, "name") is "tenantId")
                .Select(item => TenantIds.Parse(Text(item, "value"))).FirstOrDefault()
            : null;
    }

    private static string Text(JsonElement item, string name) =>
        item.ValueKind is JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind is JsonValueKind.String
            ? value.GetString()!
            : "";
}
