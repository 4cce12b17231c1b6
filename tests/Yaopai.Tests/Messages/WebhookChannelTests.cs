using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Events;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Tests.Messages;

/// <summary>A receiver of the operator's own, which takes messages or does not.</summary>
public sealed class WebhookChannelTests(OnSqlite engine) : IClassFixture<OnSqlite>
{
    private const string Secret = "a secret of thirty-two characters", Send = "/api/messages/v3/send";

    [Fact]
    public async Task A_message_is_posted_signed_before_it_is_in_the_inbox()
    {
        var signature = "";
        await using var receiver = await Receiver.StartAsync((_, http) =>
        {
            signature = http.Request.Headers[SignedWebhook.SignatureHeader].ToString();
            return Task.CompletedTask;
        });
        await using var server = await StartAsync(receiver.Callback);
        var member = await server.NewMemberAsync();
        var caller = await WeLinkCaller.OfAppAsync(server);

        var sent = await (await caller.PostAsync(Send, BodyOf(member.UserId))).ShouldServeWeLinkAsync();
        await (await caller.PostAsync(
            "/api/messages/v1/update", new { itemId = sent.GetProperty("itemId").GetString(), messageStatus = "x" }))
            .ShouldServeWeLinkAsync();
        await (await caller.PostAsync("/api/messages/v1/recall", new { itemId = sent.GetProperty("itemId").GetString() }))
            .ShouldServeWeLinkAsync();

        Assert.Equal(["sent", "changed", "recalled"], receiver.All.Select(one => one.Json.GetProperty("event").GetString()));
        var posted = receiver.All[0].Json;
        Assert.Equal(sent.GetProperty("itemId").GetString(), posted.GetProperty("id").GetString());
        Assert.Equal(member.UserId, posted.GetProperty("users")[0].GetString());
        Assert.Equal("Title", posted.GetProperty("title").GetProperty("en").GetString());
        var (instant, hash) = (signature[2..signature.IndexOf(',')], signature[(signature.IndexOf("v1=", StringComparison.Ordinal) + 3)..]);
        Assert.Equal(
            Convert.ToHexStringLower(HMACSHA256.HashData(
                Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{instant}.{receiver.All[2].Body}"))),
            hash);
    }

    [Fact]
    public async Task What_the_receiver_does_not_take_is_in_no_inbox()
    {
        var status = 503;
        await using var receiver = await Receiver.StartAsync((_, http) => Task.FromResult(http.Response.StatusCode = status));
        await using var server = await StartAsync(receiver.Callback);
        var member = await server.NewMemberAsync();
        var caller = await WeLinkCaller.OfAppAsync(server);

        await (await caller.PostAsync(Send, BodyOf(member.UserId))).ShouldBeAsync(M.DeliveryFailed);
        Assert.Equal(0, await InboxCountAsync());

        status = 204;
        var sent = await (await caller.PostAsync(Send, BodyOf(member.UserId))).ShouldServeWeLinkAsync();
        status = 302;
        await (await caller.PostAsync("/api/messages/v1/recall", new { itemId = sent.GetProperty("itemId").GetString() }))
            .ShouldBeAsync(M.DeliveryFailed);
        Assert.Equal(1, await InboxCountAsync());

        async Task<int> InboxCountAsync()
        {
            var json = await (await server.CallerOf(DemoData.Apps[0], member.AccountId).GetAsync("/api/messages/v1/inbox"))
                .ShouldServeWeLinkAsync();
            return json.GetProperty("data").EnumerateArray().Count(item => !item.GetProperty("isRecalled").GetBoolean());
        }
    }

    [Fact]
    public async Task A_receiver_that_is_away_or_slow_takes_nothing()
    {
        await using var slow = await Receiver.StartAsync((_, http) => Task.Delay(TimeSpan.FromSeconds(20), http.RequestAborted));
        foreach (var address in new[] { "http://127.0.0.1:9/", slow.Callback })
        {
            await using var server = await StartAsync(address, ("Messages:WebhookTimeout", "00:00:00.5"));
            var member = await server.NewMemberAsync();
            await (await (await WeLinkCaller.OfAppAsync(server)).PostAsync(Send, BodyOf(member.UserId))).ShouldBeAsync(M.DeliveryFailed);
        }
    }

    private Task<TestServer> StartAsync(string webhook, params (string Key, string Value)[] more) =>
        TestServer.StartAsync(engine, [("Messages:Webhook", webhook), ("Messages:WebhookSecret", Secret), .. more]);

    private static object BodyOf(string userId) => new
    {
        msgRange = 0,
        toUserList = new[] { userId },
        msgTitle = "Title",
        msgContent = "Content",
        urlType = "html",
        urlPath = "https://app.example/1",
        msgOwner = "Desk",
    };
}
