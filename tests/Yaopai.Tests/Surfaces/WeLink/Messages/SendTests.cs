using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink.Messages;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;
using G = Yaopai.Errors.WeLinkErrors.Gateway;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Tests.Surfaces.WeLink.Messages;

public sealed class SendTests(MessageScene scene) : IClassFixture<MessageScene>
{
    private const string V1 = "/api/messages/v1/send", V2 = "/api/messages/v2/send", V3 = "/api/messages/v3/send";

    /// <summary>One mistake in a request that is otherwise good, in the order of the rules. Null leaves the member out.</summary>
    public static TheoryData<string, object?, string> Mistakes { get; } = new()
    {
        { "publicAccID", null,                            "PublicAccountIdMissing" },
        { "publicAccID", "",                              "PublicAccountIdMissing" },
        { "publicAccID", new[] { "news" },                "PublicAccountIdMissing" },
        { "toUserList",  null,                            "RecipientsMissing" },
        { "toUserList",  Array.Empty<string>(),           "RecipientsMissing" },
        { "toUserList",  new[] { "" },                    "RecipientsMissing" },
        { "toUserList",  "ada",                           "RecipientsMissing" },
        { "toUserList",  new[] { new { id = 1 } },        "RecipientsMissing" },
        { "msgTitle",    null,                            "DeliveryFailed" },
        { "msgTitle",    "",                              "DeliveryFailed" },
        { "msgTitle",    new { CN = "x" },                "DeliveryFailed" },
        { "msgRange",    null,                            "DeliveryFailed" },
        { "msgContent",  null,                            "DeliveryFailed" },
        { "urlType",     null,                            "DeliveryFailed" },
        { "urlPath",     null,                            "DeliveryFailed" },
        { "msgOwner",    null,                            "DeliveryFailed" },
        { "msgRange",    "1",                             "DeliveryFailed" },
        { "msgRange",    3,                               "DeliveryFailed" },
        { "msgTitle",    """{"CN":"\u0000"}""",           "DeliveryFailed" },
        { "msgContent",  """{"EN":"\ud800"}""",           "DeliveryFailed" },
        { "urlType",     "exe",                           "DeliveryFailed" },
        { "urlPath",     "nowhere",                       "DeliveryFailed" },
        { "urlPath",     "javascript:alert(1)",           "DeliveryFailed" },
        { "urlPath",     "{long}",                        "DeliveryFailed" },
        { "msgOwner",    "0123456789012345678901234567890123456789012345678901234567890123456789", "DeliveryFailed" },
        { "createTime",  "yesterday",                     "DeliveryFailed" },
        { "isForceTips", "maybe",                         "DeliveryFailed" },
        { "createTime",  new[] { 1 },                     "DeliveryFailed" },
        { "isForceTips", new { a = 1 },                   "DeliveryFailed" },
        { "toUserList",  "{many}",                        "TooManyRecipients" },
        { "publicAccID", "nobody",                        "PublicAccountUnknown" },
        { "publicAccID", "no such id",                    "PublicAccountUnknown" },
        { "publicAccID", 17,                              "PublicAccountUnknown" },
        { "toUserList",  "{other}",                       "RecipientNotFollowing" },
        { "toUserList",  "{closed}",                      "RecipientNotFollowing" },
        { "toUserList",  "{stranger}",                    "RecipientNotFollowing" },
        { "toUserList",  new[] { "nobody@welink" },       "RecipientNotFollowing" },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string member, object? value, string expected)
    {
        var body = scene.OfAccount((member, scene.ValueOf(value)));

        await (await scene.Caller.PostAsync(V1, body)).ShouldBeAsync(Named(expected));
        await (await scene.Caller.PostAsync(V2, body)).ShouldBeAsync(Named(expected));
    }

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Members_are_written_to_by_the_same_rules_but_for_the_account(string member, object? value, string expected)
    {
        if (member is "publicAccID" || expected is "RecipientNotFollowing")
            return;

        await (await scene.Caller.PostAsync(V3, scene.ToUsers((member, scene.ValueOf(value))))).ShouldBeAsync(Named(expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() => Mistakes
        .Select(row => row.Data.Item3).ShouldBreak(SendRules.OfAccount[..^1], "UserNotSignedIn");

    [Fact]
    public async Task Of_two_mistakes_the_earlier_is_told()
    {
        var pairs = Mistakes.Select(row => row.Data).InPairs(row => row.Item1, row => row.Item3);
        Assert.NotEmpty(pairs);
        foreach (var (earlier, later) in pairs)
        {
            var body = scene.OfAccount((earlier.Item1, scene.ValueOf(earlier.Item2)), (later.Item1, scene.ValueOf(later.Item2)));
            await (await scene.Caller.PostAsync(V1, body)).ShouldBeAsync(Named(earlier.Item3));
        }
    }

    [Theory]
    [InlineData(""), InlineData("{"), InlineData("[]"), InlineData("null"), InlineData("{\"a\":1,\"a\":2}")]
    public async Task What_is_no_JSON_object_lacks_its_first_parameter(string body)
    {
        await (await scene.Caller.PostAsync(V1, body)).ShouldBeAsync(M.PublicAccountIdMissing);
        await (await scene.Caller.PostAsync(V3, body)).ShouldBeAsync(M.RecipientsMissing);
        await (await scene.Caller.PostAsync("/api/messages/v1/news", body)).ShouldBeAsync(M.RecipientsMissing);
    }

    [Fact]
    public async Task A_follower_reads_what_was_sent_in_the_name_of_the_account()
    {
        var follower = await scene.Server.NewMemberAsync();
        await scene.FollowAsync(DemoOrganisations.Welink, follower.UserId);
        var body = scene.OfAccount(
            ("msgTitle", """{"CN":"标题","EN":"Title"}"""), ("createTime", 1587092814997),
            ("toUserList", new[] { follower.UserId, follower.UserId }));

        var sent = await (await scene.Caller.PostAsync(V2, body)).ShouldServeWeLinkAsync();

        // what was sent to all before is there, too
        var item = Assert.Single(await scene.InboxAsync(follower), item => IdOf(item) == IdOf(sent));
        Assert.Equal(scene.Account, item.GetProperty("publicAccID").GetString());
        Assert.Equal(("标题", "Title"), (TextOf(item, "msgTitle", "CN"), TextOf(item, "msgTitle", "EN")));
        Assert.Equal("https://app.example/1", item.GetProperty("details").GetProperty("urlPath").GetString());
        Assert.Equal("1587092814997", item.GetProperty("details").GetProperty("createTime").GetString());
        Assert.False(sent.TryGetProperty("failedUserId", out _));
    }

    [Fact]
    public async Task A_message_to_all_reaches_those_who_follow_by_then()
    {
        var (late, never) = (await scene.Server.NewMemberAsync(), await scene.Server.NewMemberAsync());
        await scene.FollowAsync(DemoOrganisations.Welink, late.UserId);

        await (await scene.Caller.PostAsync(V1, scene.OfAccount(("msgRange", 2), ("toUserList", null), ("msgTitle", "to all"))))
            .ShouldServeWeLinkAsync();

        Assert.Equal("to all", TextOf(Assert.Single(await scene.InboxAsync(late)), "msgTitle", "CN"));
        Assert.Empty(await scene.InboxAsync(never));
    }

    [Fact]
    public async Task Long_texts_are_cut_between_characters()
    {
        var member = await scene.Server.NewMemberAsync();
        var body = scene.ToUsers(
            ("toUserList", new[] { member.UserId }), ("msgTitle", new string('长', 100)), ("msgContent", new string('文', 300)));

        await (await scene.Caller.PostAsync(V3, body)).ShouldServeWeLinkAsync();

        var item = Assert.Single(await scene.InboxAsync(member));
        Assert.Equal((new string('长', 42), new string('文', 170)), (TextOf(item, "msgTitle", "CN"), TextOf(item, "msgContent", "EN")));
    }

    [Fact]
    public async Task Who_gets_nothing_is_named()
    {
        var member = await scene.Server.NewMemberAsync();
        string[] failed = ["nobody@welink", "no such id", scene.Closed.UserId, scene.Stranger.UserId];

        var json = await (await scene.Caller.PostAsync(V3, scene.ToUsers(("toUserList", (string[])[member.UserId, .. failed]))))
            .ShouldServeWeLinkAsync();

        Assert.Equal(failed, json.GetProperty("failedUserId").EnumerateArray().Select(one => one.GetString()));
        Assert.Single(await scene.InboxAsync(member));
    }

    [Fact]
    public async Task A_message_that_reaches_nobody_says_so()
    {
        var json = await (await scene.Caller.PostAsync(V3, scene.ToUsers(("toUserList", new[] { "nobody@welink" }))))
            .ShouldServeWeLinkAsync();

        Assert.Equal("nobody@welink", Assert.Single(json.GetProperty("failedUserId").EnumerateArray().ToArray()).GetString());
        Assert.False(json.TryGetProperty("itemId", out _));
    }

    [Fact]
    public async Task A_member_may_send_as_long_as_they_are_one()
    {
        var caller = scene.Server.CallerOf(scene.App, scene.Other.AccountId);
        await (await caller.PostAsync(V3, scene.ToUsers())).ShouldServeWeLinkAsync();

        caller = scene.Server.CallerOf(scene.App, scene.Closed.AccountId);
        await (await caller.PostAsync(V3, scene.ToUsers())).ShouldBeAsync(M.UserNotSignedIn);
        await (await caller.PostAsync(V3, scene.ToUsers(("toUserList", null)))).ShouldBeAsync(M.UserNotSignedIn);
        await (await caller.PostAsync(V1, scene.OfAccount(("publicAccID", null)))).ShouldBeAsync(M.UserNotSignedIn);
    }

    [Fact]
    public async Task An_app_that_may_send_no_messages_sends_none()
    {
        var app = await scene.Server.NewAppAsync(app => app with { ApprovedScopes = ["todo"] });
        var caller = await WeLinkCaller.OfAppAsync(scene.Server, app);

        await (await caller.PostAsync(V3, scene.ToUsers())).ShouldBeAsync(G.AccessForbidden);
    }

    [Fact]
    public async Task An_account_of_another_organisation_is_unknown()
    {
        var id = $"elsewhere-{Samples.NewId()}";
        await scene.Server.Get<Server.Messages.IPublicAccountStore>()
            .TryAddAsync(new(DemoOrganisations.Stranger, id, "Elsewhere", Samples.Noon), default);

        await (await scene.Caller.PostAsync(V1, scene.OfAccount(("publicAccID", id)))).ShouldBeAsync(M.PublicAccountUnknown);
    }

    private static ErrorDefinition Named(string name) => WeLinkCaller.Named($"Message.{name}");

    private static string? IdOf(System.Text.Json.JsonElement message) => message.GetProperty("itemId").GetString();

    private static string? TextOf(System.Text.Json.JsonElement item, string name, string language) =>
        item.GetProperty(name).GetProperty(language).GetString();
}
