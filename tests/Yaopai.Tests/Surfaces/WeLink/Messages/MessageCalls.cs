using Yaopai.Server.Messages;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Messages;

/// <summary>For each operation on messages a call that succeeds.</summary>
internal static class MessageCalls
{
    private const string Root = "/api/messages";

    private static readonly (string, object?)[] s_text =
        [("msgTitle", "Title"), ("msgContent", "Content"), ("urlType", "html"), ("urlPath", "https://app.example/1"), ("msgOwner", "Desk")];

    public static IReadOnlyList<GoodCall> All { get; } =
    [
        new("SendOfAccount", SendOfAccountAsync)
        {
            Target = "welink.sendOfAccount", Tables = ["tenant", "subscription", "public_account", "public_account_follow", "message"],
        },
        Of("SendToUsers", "/v3/send", s_text),
        Of("SendCard", "/v1/card/common", ("msgTitle", "Title"), ("msgContent", "Content")),
        Of("SendAppCard", "/v1/card/wecode", ("msgTitle", "Title")),
        Of("SendImage", "/v1/image", ("imageUrl", "https://app.example/1.png")),
        Of("SendNews", "/v1/news", ("news", new[] { new { title = "One", newsUrl = "https://app.example/1" } })),
        new("UpdateMessage", (server, app) => ChangeAsync(server, app, "/v1/update"))
        {
            Target = "welink.updateMessage", Tables = ["tenant", "subscription", "message"],
        },
        new("RecallMessage", (server, app) => ChangeAsync(server, app, "/v1/recall"))
        {
            Target = "welink.recallMessage", IsGoodOnce = true, Tables = ["tenant", "subscription", "message"],
        },
        new("ListInbox", ListInboxAsync)
        {
            Target = "welink.listInbox", Tables = ["tenant", "subscription", "member", "message_inbox"],
        },
    ];

    private static GoodCall Of(string name, string path, params (string Name, object? Value)[] members) => new(name, async (server, app) =>
    {
        var (caller, member) = (await WeLinkCaller.OfAppAsync(server, app), await server.NewMemberAsync());
        return () => caller.PostAsync(Root + path, BodyOf(member.UserId, members));
    })
    {
        Target = $"welink.{char.ToLowerInvariant(name[0])}{name[1..]}",
        Tables = ["tenant", "subscription", "member", "message"],
    };

    private static Dictionary<string, object?> BodyOf(string userId, (string Name, object? Value)[] members) =>
        members.Append(("toUserList", new[] { userId })).Append(("msgRange", 0)).ToDictionary();

    private static async Task<Func<Task<HttpResponseMessage>>> SendOfAccountAsync(TestServer server, DemoData.DemoApp app)
    {
        var (caller, member) = (await WeLinkCaller.OfAppAsync(server, app), await server.NewMemberAsync());
        var account = $"account{Samples.NewId()}";
        await server.Get<IPublicAccountStore>().TryAddAsync(new(DemoOrganisations.Welink, account, "News", Samples.Noon), default);
        await server.Get<IFollowStore>().TryAddAsync(new(DemoOrganisations.Welink, account, member.UserId, Samples.Noon), default);
        return () => caller.PostAsync(Root + "/v2/send", BodyOf(member.UserId, [("publicAccID", account), .. s_text]));
    }

    private static async Task<Func<Task<HttpResponseMessage>>> ChangeAsync(TestServer server, DemoData.DemoApp app, string path)
    {
        var (caller, member) = (await WeLinkCaller.OfAppAsync(server, app), await server.NewMemberAsync());
        var sent = await (await caller.PostAsync(Root + "/v3/send", BodyOf(member.UserId, s_text))).ShouldServeWeLinkAsync();
        var itemId = sent.GetProperty("itemId").GetString();
        return () => caller.PostAsync(Root + path, new { itemId, messageStatus = "done" });
    }

    private static async Task<Func<Task<HttpResponseMessage>>> ListInboxAsync(TestServer server, DemoData.DemoApp app)
    {
        var caller = server.CallerOf(app, (await server.NewMemberAsync()).AccountId);
        return () => caller.GetAsync(Root + "/v1/inbox");
    }
}
