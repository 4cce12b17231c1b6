using System.Text.Json;
using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.WeLink.Messages;

/// <summary>An app, a public account, and members who follow it or do not.</summary>
public sealed class MessageScene(SharedServer shared) : IAsyncLifetime
{
    public TestServer Server => shared.Server;

    internal DemoData.DemoApp App { get; private set; } = null!;

    internal WeLinkCaller Caller { get; private set; } = null!;

    internal string Account { get; } = $"news-{Samples.NewId()}";

    internal (string UserId, long AccountId) Follower { get; private set; }

    internal (string UserId, long AccountId) Other { get; private set; }

    internal (string UserId, long AccountId) Closed { get; private set; }

    internal (string UserId, long AccountId) Stranger { get; private set; }

    public async ValueTask InitializeAsync()
    {
        App = await Server.NewAppAsync();
        Caller = await WeLinkCaller.OfAppAsync(Server, App);
        Follower = await Server.NewMemberAsync();
        Other = await Server.NewMemberAsync();
        Closed = await Server.NewMemberAsync(isClosed: true);
        Stranger = await Server.NewMemberAsync(DemoOrganisations.Stranger);
        foreach (var tenant in new[] { DemoOrganisations.Welink, DemoOrganisations.Stranger })
            await Server.Get<IPublicAccountStore>().TryAddAsync(new(tenant, Account, "News", Samples.Noon), default);
        await FollowAsync(DemoOrganisations.Welink, Follower.UserId);
        await FollowAsync(DemoOrganisations.Stranger, Stranger.UserId);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal Task<bool> FollowAsync(long tenantId, string userId) =>
        Server.Get<IFollowStore>().TryAddAsync(new(tenantId, Account, userId, Samples.Noon), default);

    internal Task<JsonElement[]> InboxAsync((string UserId, long AccountId) member, params (string Name, string? Value)[] query) =>
        InboxAsync(member, DemoOrganisations.Welink, query);

    internal async Task<JsonElement[]> InboxAsync(
        (string UserId, long AccountId) member, long tenantId, params (string Name, string? Value)[] query)
    {
        var app = tenantId is DemoOrganisations.Welink ? App : DemoData.Apps[1];
        if (tenantId is not DemoOrganisations.Welink)
            await Server.Get<ISubscriptionStore>().TrySubscribeAsync(tenantId, app.ClientId, Samples.Noon, default);
        var caller = Server.CallerOf(app, member.AccountId, tenantId);
        var json = await (await caller.GetAsync("/api/messages/v1/inbox", query)).ShouldServeWeLinkAsync();
        return [.. json.GetProperty("data").EnumerateArray()];
    }

    /// <summary>A good request in the name of the public account, with changes; null leaves a member out.</summary>
    internal Dictionary<string, object?> OfAccount(params (string Name, object? Value)[] changes) => Changed(
        new()
        {
            ["publicAccID"] = Account,
            ["msgRange"] = "0",
            ["toUserList"] = new[] { Follower.UserId },
            ["msgTitle"] = "Title",
            ["msgContent"] = "Content",
            ["urlType"] = "html",
            ["urlPath"] = "https://app.example/1",
            ["msgOwner"] = "Desk",
        }, changes);

    /// <summary>A good request in the app's own name.</summary>
    internal Dictionary<string, object?> ToUsers(params (string Name, object? Value)[] changes) =>
        Changed(OfAccount(("publicAccID", null)), changes);

    /// <summary>The value of a row of mistakes: some stand for what only the scene knows.</summary>
    internal object? ValueOf(object? value) => value switch
    {
        "{other}" => new[] { Follower.UserId, Other.UserId },
        "{closed}" => new[] { Closed.UserId },
        "{stranger}" => new[] { Stranger.UserId },
        "{many}" => Enumerable.Range(0, 1001).Select(number => $"u{number}").ToArray(),
        "{long}" => "https://app.example/" + new string('a', 3000),
        _ => value,
    };

    private static Dictionary<string, object?> Changed(Dictionary<string, object?> body, (string Name, object? Value)[] changes)
    {
        foreach (var (name, value) in changes)
            body[name] = value;
        return body.Where(one => one.Value is not null).ToDictionary();
    }
}
