using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Upstreams.WeChat;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

/// <summary>A person scans what the platform shows: the push goes over HTTP, signed and encrypted, as WeChat's would.</summary>
public sealed class WeChatScanTests(SharedServer fixture)
{
    private readonly TestServer _server = fixture.Server;

    private static WeChatAccount Account => WeChatPeople.Accounts[0];

    [Fact]
    public async Task A_scan_reaches_the_app_that_asked_once()
    {
        var qr = await QrAsync();
        Assert.Equal("pending", Text(await PollAsync(qr), "status"));

        var scanned = await ScanAsync(qr);

        Assert.Equal(200, scanned.GetProperty("answered").GetInt32());
        var first = await PollAsync(qr);
        Assert.True(first.TryGetProperty("bind_ticket", out _) || first.TryGetProperty("code", out _), $"{first}");
        Assert.Equal(201002, ErrCode(await PollAsync(qr)));
    }

    [Fact]
    public async Task Whoever_cannot_read_the_picture_finds_its_ticket()
    {
        var qr = await QrAsync();

        var codes = (await _server.Http.GetFromJsonAsync<JsonElement>("/sandbox/wechat")).GetProperty("codes");

        var code = Assert.Single(codes.EnumerateArray(), one => Text(one, "ticket") == Text(qr, "ticket"));
        Assert.Equal(Account.WeChatAppId, Text(code, "appid"));
    }

    [Fact]
    public async Task Another_app_that_polls_learns_nothing_and_takes_nothing()
    {
        var qr = await QrAsync();
        await ScanAsync(qr);

        var stranger = await _server.Http.GetFromJsonAsync<JsonElement>(
            $"/identity/wechat/mp/poll?scene={Text(qr, "scene")}&appid={DemoData.Apps[2].ClientId}");

        Assert.Equal(201002, ErrCode(stranger));
        Assert.NotEqual(201002, ErrCode(await PollAsync(qr)));
    }

    [Fact]
    public async Task A_push_that_is_forged_old_or_for_another_account_counts_for_nothing()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var qr = await QrAsync();

        Assert.Equal(201001, ErrCode(await PushAsync(qr, now, token: "anothertoken")));
        Assert.Equal(201001, ErrCode(await PushAsync(qr, now - 601)));
        Assert.Equal(201001, ErrCode(await PushAsync(qr, now, originalId: "gh_other")));
        Assert.Equal("pending", Text(await PollAsync(qr), "status"));
    }

    [Fact]
    public async Task A_push_that_comes_again_brings_no_second_sign_in()
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        var qr = await QrAsync();

        Assert.Null(await PushAsync(qr, now));
        Assert.Null(await PushAsync(qr, now)); // as WeChat does when it heard nothing
        await PollAsync(qr);
        await PushAsync(qr, now);

        Assert.Equal(201002, ErrCode(await PollAsync(qr)));
    }

    private async Task<JsonElement> QrAsync()
    {
        var response = await _server.Http.PostAsJsonAsync("/identity/wechat/mp/qrcode", new { appid = $"{Account.AppId}" });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<JsonElement> PollAsync(JsonElement qr) =>
        _server.Http.GetFromJsonAsync<JsonElement>($"/identity/wechat/mp/poll?scene={Text(qr, "scene")}");

    private async Task<JsonElement> ScanAsync(JsonElement qr)
    {
        var response = await _server.Http.PostAsJsonAsync("/sandbox/wechat/scan", new { ticket = Text(qr, "url"), user = "xiaowei" });
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <returns>The refusal; null when the push was taken.</returns>
    private async Task<JsonElement?> PushAsync(JsonElement qr, long timestamp, string? token = null, string? originalId = null)
    {
        token ??= Account.PushToken!;
        var scene = _server.Get<WeChatMemory>().Find(WeChatHandle.Scene, Text(qr, "ticket"))!.Text;
        var message =
            $"<xml><ToUserName>{originalId ?? Account.OriginalId}</ToUserName><FromUserName>oA</FromUserName>"
            + $"<CreateTime>{timestamp}</CreateTime><MsgType>event</MsgType><Event>SCAN</Event><EventKey>{scene}</EventKey></xml>";
        var encrypted = new PushCipher(Account.EncodingAesKey!, Account.WeChatAppId).Encrypt(message);
        var query = $"signature={PushSignature.Of(token, $"{timestamp}", "n")}&timestamp={timestamp}&nonce=n"
            + $"&msg_signature={PushSignature.Of(token, $"{timestamp}", "n", encrypted)}";
        using var content = new StringContent($"<xml><Encrypt>{encrypted}</Encrypt></xml>", Encoding.UTF8, "text/xml");
        var response = await _server.Http.PostAsync($"/identity/wechat/mp/callback/{Account.OriginalId}?{query}", content);
        var answer = await response.Content.ReadAsStringAsync();
        return answer is "success" ? null : JsonDocument.Parse(answer).RootElement;
    }

    private static int? ErrCode(JsonElement? answer) =>
        answer is { } refusal && refusal.TryGetProperty("errcode", out var code) ? code.GetInt32() : null;

    private static string Text(JsonElement thing, string name) => thing.GetProperty(name).GetString()!;
}
