using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>What the gateway works with to find out who calls, and whether it was called like this before.</summary>
internal sealed record GatewayKit(
    CallerKit Callers, SigningSecrets Secrets, SignedCalls Calls, IRequestIdStore Requests, KeyRing Keys, ManagedUsers Users,
    IAccessKeyStore AccessKeys, TimeProvider Time)
{
    /// <summary>Keyed, because what is hashed may hold a password that can be guessed.</summary>
    public byte[] ContentOf(string target, IEnumerable<KeyValuePair<string, string>> parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(target);
        foreach (var (name, value) in parameters)
        {
            Add(name);
            Add(value);
        }

        var derived = new byte[IdentifierKey.DerivedLength];
        Keys.Derive("gateway request"u8, hash.GetHashAndReset(), derived);
        return derived;

        void Add(string text) => hash.AppendData([.. Encoding.UTF8.GetBytes(text), 0]); // no text holds a NUL
    }
}

/// <summary>The people whom an app of an organisation may manage.</summary>
/// <remarks>
/// The operator approves an app for <see cref="IdentityProfile.Manage"/>, and then it manages the people whom it knows: whose consent it
/// has, or whom it created, which gives it their consent. Approved for <see cref="IdentityProfile.ManageAll"/> too, it manages
/// everyone, and sees and uses the ids of accounts. Any other app cannot call the gateway at all.
/// </remarks>
internal sealed class ManagedUsers(
    AccountDirectory directory, IAccountStore accounts, IConsentStore consents, IIdentifierStore openIds, IdentifierIndex index,
    PairwiseIdentifiers identifiers)
{
    public IAccountStore Accounts => accounts;

    public static bool MayManage(App app) => app.ApprovedScopes.Contains(IdentityProfile.Manage);

    public static bool MayManageAll(App app) => app.ApprovedScopes.Contains(IdentityProfile.ManageAll);

    public string OpenIdOf(App app, long accountId) => identifiers.OpenId(app.Id, accountId);

    public string UnionIdOf(App app, long accountId) => identifiers.UnionId(app.DeveloperId, accountId);

    public async ValueTask<bool> KnowsAsync(App app, long accountId, CancellationToken ct) =>
        MayManageAll(app) || await consents.FindAsync(accountId, app.Id, ct) is not null;

    /// <summary>Null for nobody, and for those whom the app may not manage: it is not told which.</summary>
    public async ValueTask<Account?> FindAsync(App app, string openId, string id, CancellationToken ct)
    {
        var found = openId is "" ? (MayManageAll(app) ? ClientId.Parse(id) : null)
            : (await index.FindByOpenIdAsync(app.Id, new HashSet<string> { openId }, ct)).TryGetValue(openId, out var known) ? known
            : (long?)null;
        return found is { } account && await KnowsAsync(app, account, ct) ? await accounts.FindAsync(account, ct) : null;
    }

    /// <summary>The same, where somebody else found the account.</summary>
    public async ValueTask<Account?> FindAsync(App app, Account? account, CancellationToken ct) =>
        account is not null && await KnowsAsync(app, account.Id, ct) ? account : null;

    public async ValueTask<Account?> FindByUnionIdAsync(App app, string unionId, CancellationToken ct) =>
        (await index.FindByUnionIdAsync(app.DeveloperId, new HashSet<string> { unionId }, ct)).TryGetValue(unionId, out var id)
            ? await FindAsync(app, await directory.FindAsync(id, ct), ct)
            : null;

    /// <summary>A page of the app's people, and what the next page begins after; null where there is none.</summary>
    public async ValueTask<(IReadOnlyList<Account> Accounts, string? Next)> ListAsync(App app, string after, int size, CancellationToken ct)
    {
        if (MayManageAll(app))
        {
            var all = await accounts.ListAsync(after is "" ? 0 : long.Parse(after), size + 1, ct);
            return all.Count > size ? ([.. all.Take(size)], $"{all[size - 1].Id}") : (all, null);
        }

        var people = new List<Account>();
        var last = PageAfter(after)!.Value;
        while (await openIds.ListOpenIdsAsync(app.Id, last, size + 1, ct) is { Count: > 0 } slice)
        {
            foreach (var person in slice)
            {
                if (people.Count == size)
                    return (people, last.Tag.ToString(CultureInfo.InvariantCulture));

                // Those who took their consent back are in the list still, and are the app's no longer.
                if (await KnowsAsync(app, person.AccountId, ct) && await accounts.FindAsync(person.AccountId, ct) is { } account)
                    people.Add(account);
                last = person;
            }
        }

        return (people, null);
    }

    /// <summary>Stores an account that the app made, and its consent. False when the id, the name or the number is taken.</summary>
    /// <remarks>The consent goes first: the other way round, a crash between the two would leave an account that nobody manages.</remarks>
    public async ValueTask<bool> TryCreateAsync(App app, Account account, DateTimeOffset now, CancellationToken ct)
    {
        await consents.AddAsync(new Consent(account.Id, app.Id, [IdentityProfile.Base], PhoneId: null, now), ct);
        return await accounts.TryAddAsync(account, ct);
    }

    /// <summary>Where a page begins; null for a text that no page ended with.</summary>
    public static bool IsPage(App app, string after) =>
        after is "" || (MayManageAll(app) ? ClientId.Number(after) is not null : PageAfter(after) is not null);

    /// <remarks>A tag is the beginning of an OpenID: it says nothing that the app may not know, as the id of the account would.</remarks>
    private static IdentifierTag? PageAfter(string after) =>
        after is "" ? new IdentifierTag(long.MinValue, 0)
        : long.TryParse(after, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var tag)
            ? new IdentifierTag(tag, long.MaxValue)
            : null;
}
