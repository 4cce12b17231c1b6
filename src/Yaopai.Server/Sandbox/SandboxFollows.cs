using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Messages;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Sandbox;

/// <summary>Public accounts of organisations, who follows them, and what members have in their inbox.</summary>
internal sealed class SandboxFollows(
    ITenantStore tenants, IPublicAccountStore accounts, IFollowStore follows, IRecipientStore recipients, Messenger messenger,
    IAppClock clock)
{
    private const int Longest = 128, Shown = 100;

    /// <param name="Tenant">The organisation's domain: what follows the @ in the ids of its people.</param>
    /// <param name="Account">The id of a public account, which is made where there is none.</param>
    /// <param name="Name">What it is called when it is made; its id when nothing is said.</param>
    /// <param name="Remove">Whether it is followed no more.</param>
    internal sealed record Request(string? Tenant, string? Account, string? Name, string? UserId, bool? Remove);

    /// <returns>The public accounts that the member follows then.</returns>
    public async Task<(IReadOnlyList<string>? Followed, Problem? Problem)> HandleAsync(Request request, CancellationToken ct)
    {
        if (await tenants.FindByDomainAsync(request.Tenant ?? "", ct) is not { } tenant)
            return (null, NoSuchTenant(request.Tenant));

        if (!IsId(request.Account) || !IsId(request.UserId) || request.Name is { Length: > Longest })
            return (null, Problem.Invalid($"account, user_id: 1 to {Longest} characters without spaces; name: at most as many."));

        var (account, userId) = (request.Account!, request.UserId!);
        await accounts.TryAddAsync(new PublicAccount(tenant.Id, account, request.Name ?? account, clock.Now), ct);
        if (request.Remove is true)
            await follows.TryRemoveAsync(tenant.Id, account, userId, ct);
        else
            await follows.TryAddAsync(new Follow(tenant.Id, account, userId, clock.Now), ct);

        return ([.. (await follows.OfAsync(tenant.Id, userId, ct)).Select(follow => follow.AccountId)], null);
    }

    /// <summary>What a member has, the latest first.</summary>
    public async Task<(IReadOnlyList<object>? Inbox, Problem? Problem)> InboxAsync(string domain, string userId, CancellationToken ct)
    {
        if (await tenants.FindByDomainAsync(domain, ct) is not { } tenant)
            return (null, NoSuchTenant(domain));

        if (!IsId(userId))
            return ([], null);

        var belongings = await recipients.BelongingsAsync(tenant.Id, userId, ct);
        var inbox = await messenger.InboxAsync(tenant.Id, userId, belongings, before: null, Shown, ct);
        return ([.. inbox.Select(item => (object)new
        {
            id = $"{item.Message.Id}",
            kind = $"{item.Message.Kind}",
            public_account = item.Message.PublicAccountId,
            title = item.Message.Title.Zh,
            content = item.Message.Content.Zh,
            status = item.Status.Text,
            item.Message.SentAt,
            item.Message.RecalledAt,
        })], null);
    }

    private static bool IsId(string? text) =>
        text is { Length: > 0 and <= Longest } && text.All(unit => unit > ' ' && !char.IsSurrogate(unit));

    private static Problem NoSuchTenant(string? domain) => Problem.NotFound($"tenant: no organisation has the domain \"{domain}\".");
}
