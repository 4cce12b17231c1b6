using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.WeLink.Messages;

public sealed class CardTests(MessageScene scene) : IClassFixture<MessageScene>
{
    private const string Card = "/api/messages/v1/card/common", AppCard = "/api/messages/v1/card/wecode",
        Image = "/api/messages/v1/image", News = "/api/messages/v1/news", Update = "/api/messages/v1/update",
        Recall = "/api/messages/v1/recall";

    private static readonly object s_article =
        new { title = "One", newsUrl = "https://app.example/1", imageUrl = "https://app.example/1.png" };

    public static TheoryData<string, string, object?, string> Mistakes { get; } = new()
    {
        { Card,    "toUserList",    null,                               "RecipientsMissing" },
        { Card,    "msgTitle",      null,                               "DeliveryFailed" },
        { Card,    "msgContent",    "",                                 "DeliveryFailed" },
        { Card,    "msgRange",      "7",                                "DeliveryFailed" },
        { Card,    "departmentList", "17",                              "DeliveryFailed" },
        { Card,    "roleList",      new { a = 1 },                      "DeliveryFailed" },
        { Card,    "departmentList", new[] { "research" },              "DeliveryFailed" },
        { Card,    "departmentList", "{digits}",                        "DeliveryFailed" },
        { Card,    "roleList",      new[] { "1\n" },                    "DeliveryFailed" },
        { Card,    "msgRange",      new[] { "2" },                      "DeliveryFailed" },
        { Card,    "publicAccID",   new[] { "news" },                   "DeliveryFailed" },
        { Card,    "statusColor",   new[] { "red" },                    "DeliveryFailed" },
        { Card,    "urlPath",       "ftp://app.example",                "DeliveryFailed" },
        { Card,    "desktopUrlPath", "x",                               "DeliveryFailed" },
        { Card,    "statusColor",   "{long}",                           "DeliveryFailed" },
        { Card,    "messageStatus", "{long}",                           "DeliveryFailed" },
        { Card,    "toUserList",    "{many}",                           "TooManyRecipients" },
        { Card,    "publicAccID",   "nobody",                           "PublicAccountUnknown" },
        { Card,    "publicAccID",   "{account}",                        "RecipientNotFollowing" },
        { AppCard, "toUserList",    Array.Empty<string>(),              "RecipientsMissing" },
        { AppCard, "msgTitle",      null,                               "DeliveryFailed" },
        { AppCard, "contentList",   "text",                             "DeliveryFailed" },
        { AppCard, "btnList",       new[] { 1, 2 },                     "DeliveryFailed" },
        { AppCard, "btnList",       "{parts}",                          "DeliveryFailed" },
        { AppCard, "contentList",   "{large}",                          "DeliveryFailed" },
        { Image,   "toUserList",    null,                               "RecipientsMissing" },
        { Image,   "imageUrl",      null,                               "DeliveryFailed" },
        { Image,   "imageUrl",      "picture.png",                      "DeliveryFailed" },
        { Image,   "jumpUrl",       "data:text/html,x",                 "DeliveryFailed" },
        { News,    "toUserList",    null,                               "RecipientsMissing" },
        { News,    "news",          null,                               "DeliveryFailed" },
        { News,    "news",          Array.Empty<object>(),              "DeliveryFailed" },
        { News,    "news",          "text",                             "DeliveryFailed" },
        { News,    "news",          "{untitled}",                       "DeliveryFailed" },
        { News,    "news",          "{nowhere}",                        "DeliveryFailed" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string path, string member, object? value, string expected) =>
        await (await scene.Caller.PostAsync(path, BodyOf(path, (member, ValueOf(value)))))
            .ShouldBeAsync(WeLinkCaller.Named($"Message.{expected}"));

    [Theory]
    [InlineData(Card, "card"), InlineData("/api/messages/v2/card/common", "card"), InlineData(AppCard, "wecode")]
    [InlineData(Image, "image"), InlineData(News, "news")]
    public async Task Each_kind_is_read_as_it_was_sent(string path, string kind)
    {
        var member = await scene.Server.NewMemberAsync();

        var json = await (await scene.Caller.PostAsync(path, BodyOf(path, ("toUserList", new[] { member.UserId }))))
            .ShouldServeWeLinkAsync();

        Assert.Empty(json.GetProperty("failedUserId").EnumerateArray());
        var item = Assert.Single(await scene.InboxAsync(member));
        Assert.Equal((kind, "open"), (item.GetProperty("msgType").GetString(), item.GetProperty("messageStatus").GetString()));
        var details = item.GetProperty("details");
        Assert.Equal(kind is "image", details.TryGetProperty("imageUrl", out _));
        Assert.Equal(kind is "wecode", details.TryGetProperty("btnList", out _));
        Assert.Equal(kind is "news", details.TryGetProperty("news", out var news) && news[0].GetProperty("title").GetString() is "One");
    }

    [Fact]
    public async Task A_status_changes_for_all_or_for_some_of_those_who_have_the_card()
    {
        var (one, other) = (await scene.Server.NewMemberAsync(), await scene.Server.NewMemberAsync());
        var itemId = await SendAsync(one.UserId, other.UserId);

        await (await scene.Caller.PostAsync(Update, new { itemId, messageStatus = "done", statusColor = "green" }))
            .ShouldServeWeLinkAsync();
        await (await scene.Caller.PostAsync(Update, new { itemId, messageStatus = "late", toUserList = new[] { other.UserId } }))
            .ShouldServeWeLinkAsync();

        Assert.Equal("done", Assert.Single(await scene.InboxAsync(one)).GetProperty("messageStatus").GetString());
        Assert.Equal("late", Assert.Single(await scene.InboxAsync(other)).GetProperty("messageStatus").GetString());
    }

    [Fact]
    public async Task What_was_taken_back_says_nothing_and_changes_no_more()
    {
        var member = await scene.Server.NewMemberAsync();
        var itemId = await SendAsync(member.UserId);

        await (await scene.Caller.PostAsync(Recall, new { itemId })).ShouldServeWeLinkAsync();
        await (await scene.Caller.PostAsync(Recall, new { itemId })).ShouldBeAsync(WeLinkCaller.Named("Message.DeliveryFailed"));
        await (await scene.Caller.PostAsync(Update, new { itemId, messageStatus = "x" }))
            .ShouldBeAsync(WeLinkCaller.Named("Message.DeliveryFailed"));

        var item = Assert.Single(await scene.InboxAsync(member));
        Assert.True(item.GetProperty("isRecalled").GetBoolean());
        Assert.Equal("", item.GetProperty("msgTitle").GetProperty("CN").GetString());
    }

    public static TheoryData<string, object?, string> ChangeMistakes { get; } = new()
    {
        { "itemId",        null,        "DeliveryFailed" },
        { "itemId",        "",          "DeliveryFailed" },
        { "messageStatus", null,        "DeliveryFailed" },
        { "messageStatus", "{long}",    "DeliveryFailed" },
        { "statusColor",   "{long}",    "DeliveryFailed" },
        { "toUserList",    "ada",       "DeliveryFailed" },
        { "toUserList",    "{many}",    "TooManyRecipients" },
        { "itemId",        "abc",       "DeliveryFailed" },
        { "itemId",        "17",        "DeliveryFailed" },
        { "itemId",        "{long}",    "DeliveryFailed" },
    };

    [Theory, MemberData(nameof(ChangeMistakes))]
    public async Task Each_mistake_in_a_change_earns_its_own_error(string member, object? value, string expected)
    {
        var body = new Dictionary<string, object?> { ["itemId"] = await SendAsync(scene.Other.UserId), ["messageStatus"] = "x" };
        body[member] = ValueOf(value);
        await (await scene.Caller.PostAsync(Update, body)).ShouldBeAsync(WeLinkCaller.Named($"Message.{expected}"));
        if (member is "itemId")
            await (await scene.Caller.PostAsync(Recall, body)).ShouldBeAsync(WeLinkCaller.Named($"Message.{expected}"));
    }

    [Fact]
    public async Task Only_the_app_that_sent_a_message_changes_it()
    {
        var itemId = await SendAsync(scene.Other.UserId);
        var sibling = await WeLinkCaller.OfAppAsync(scene.Server, await scene.Server.NewAppAsync());
        var stranger = await WeLinkCaller.OfAppAsync(scene.Server, await scene.Server.NewAppAsync(DemoData.Apps[2]));

        foreach (var caller in new[] { sibling, stranger })
        {
            await (await caller.PostAsync(Recall, new { itemId })).ShouldBeAsync(WeLinkCaller.Named("Message.DeliveryFailed"));
            await (await caller.PostAsync(Update, new { itemId, messageStatus = "x" }))
                .ShouldBeAsync(WeLinkCaller.Named("Message.DeliveryFailed"));
        }
    }

    [Fact]
    public async Task Departments_and_all_members_get_a_card_without_being_named()
    {
        var app = await scene.Server.NewAppAsync(DemoData.Apps[1]); // of an ISV: an organisation of its own may have it
        var tenantId = await scene.Server.NewTenantAsync(app);
        var (caller, member) = (
            await WeLinkCaller.OfAppAsync(scene.Server, app, TenantIds.Write(tenantId)), await scene.Server.NewMemberAsync(tenantId));

        foreach (var (name, value) in new (string, object)[] { ("departmentList", new[] { "00" }), ("msgRange", 2) })
        {
            await (await caller.PostAsync(Card, BodyOf(Card, ("toUserList", null), ("msgTitle", name), (name, value))))
                .ShouldServeWeLinkAsync();
        }

        await (await caller.PostAsync(Card, BodyOf(Card, ("toUserList", null), ("departmentList", new[] { "17" }))))
            .ShouldServeWeLinkAsync();
        await (await caller.PostAsync(Card, BodyOf(Card, ("toUserList", null), ("roleList", new object[] { 17, "18" }))))
            .ShouldServeWeLinkAsync();

        var inbox = await scene.InboxAsync(member, tenantId);
        Assert.Equal(
            ["departmentList", "msgRange"], inbox.Select(item => item.GetProperty("msgTitle").GetProperty("EN").GetString()).Order());
    }

    private async Task<string> SendAsync(params string[] userIds)
    {
        var json = await (await scene.Caller.PostAsync(Card, BodyOf(Card, ("toUserList", userIds)))).ShouldServeWeLinkAsync();
        return json.GetProperty("itemId").GetString()!;
    }

    private Dictionary<string, object?> BodyOf(string path, params (string Name, object? Value)[] changes) => scene.ToUsers(
    [
        ("urlType", null), ("urlPath", null), ("msgOwner", null), ("msgRange", null),
        ("toUserList", new[] { scene.Other.UserId }), ("messageStatus", "open"), ("statusColor", "blue"),
        .. path switch
        {
            AppCard => new (string, object?)[]
            {
                ("contentList", new[] { new { name = "Days", value = "3" } }),
                ("btnList", new[] { new { name = "Approve", url = "h5://app/1" } }),
            },
            Image => [("imageUrl", "https://app.example/1.png"), ("jumpUrl", "https://app.example/1")],
            News => [("news", new[] { s_article })],
            _ => [],
        },
        .. changes,
    ]);

    private object? ValueOf(object? value) => value switch
    {
        "{account}" => scene.Account,
        "{digits}" => new[] { new string('9', 500_000) }, // no index of PostgreSQL holds it
        "{parts}" => Enumerable.Range(0, 21).Select(number => new { number }).ToArray(),
        "{large}" => new[] { new { text = new string('x', 20_000) } },
        "{untitled}" => new[] { new { newsUrl = "https://app.example/1" } },
        "{nowhere}" => new[] { new { title = "x", newsUrl = "nowhere" } },
        _ => scene.ValueOf(value),
    };
}
