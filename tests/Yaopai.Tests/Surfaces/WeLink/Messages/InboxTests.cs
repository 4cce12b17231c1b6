using Yaopai.Tests.Http;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Tests.Surfaces.WeLink.Messages;

public sealed class InboxTests(MessageScene scene) : IClassFixture<MessageScene>
{
    private const string Inbox = "/api/messages/v1/inbox";

    [Fact]
    public async Task An_inbox_is_read_by_whom_it_belongs_to()
    {
        await (await scene.Caller.GetAsync(Inbox)).ShouldBeAsync(M.UserNotSignedIn);
        await (await scene.Server.CallerOf(scene.App, scene.Closed.AccountId).GetAsync(Inbox)).ShouldBeAsync(M.UserNotSignedIn);
        await (await scene.Server.CallerOf(scene.App, scene.Stranger.AccountId).GetAsync(Inbox)).ShouldBeAsync(M.UserNotSignedIn);
        await (await scene.Caller.GetAsync(Inbox, ("pageSize", "0"))).ShouldBeAsync(M.UserNotSignedIn);
    }

    [Theory]
    [InlineData("pageSize", "0"), InlineData("pageSize", "101"), InlineData("pageSize", "x"), InlineData("before", "x")]
    public async Task A_page_that_is_none_is_refused(string name, string value) =>
        await (await scene.Server.CallerOf(scene.App, scene.Other.AccountId).GetAsync(Inbox, (name, value)))
            .ShouldBeAsync(M.DeliveryFailed);

    [Fact]
    public async Task Pages_go_back_in_time()
    {
        var member = await scene.Server.NewMemberAsync();
        for (var number = 1; number <= 3; number++)
        {
            await (await scene.Caller.PostAsync("/api/messages/v3/send",
                scene.ToUsers(("toUserList", new[] { member.UserId }), ("msgTitle", $"{number}")))).ShouldServeWeLinkAsync();
            var sent = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(); // ids of one millisecond are in no order
            SpinWait.SpinUntil(() => DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() > sent);
        }

        var latest = await scene.InboxAsync(member, ("pageSize", "2"));
        var rest = await scene.InboxAsync(member, ("pageSize", "2"), ("before", latest[1].GetProperty("itemId").GetString()));

        Assert.Equal(["3", "2"], latest.Select(item => item.GetProperty("msgTitle").GetProperty("CN").GetString()));
        Assert.Equal(["1"], rest.Select(item => item.GetProperty("msgTitle").GetProperty("CN").GetString()));
    }

    [Fact]
    public async Task A_thousand_are_written_to_at_once()
    {
        string[] all = [scene.Other.UserId, .. Enumerable.Range(0, 999).Select(number => $"u{number}@nowhere")];

        var json = await (await scene.Caller.PostAsync("/api/messages/v3/send", scene.ToUsers(("toUserList", all))))
            .ShouldServeWeLinkAsync();

        Assert.Equal(999, json.GetProperty("failedUserId").GetArrayLength());
    }
}
