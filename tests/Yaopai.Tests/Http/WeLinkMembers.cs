using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Http;

/// <summary>Members of organisations, as tests of what reaches them need them.</summary>
internal static class WeLinkMembers
{
    /// <summary>A new organisation that has subscribed an app of an ISV.</summary>
    public static async Task<long> NewTenantAsync(this TestServer server, DemoData.DemoApp app)
    {
        var id = Samples.NewId();
        var model = await server.Get<ITenantStore>().FindAsync(DemoOrganisations.Welink, default);
        var tenant = model! with { Id = id, Domain = $"tenant{id}" };
        Assert.True(await server.Get<ITenantStore>().TryAddAsync(tenant, default));
        Assert.True(await server.Get<ISubscriptionStore>().TrySubscribeAsync(id, app.ClientId, Samples.Noon, default));
        return id;
    }

    /// <summary>A new member of the organisation, with an account to sign in with.</summary>
    public static async Task<(string UserId, long AccountId)> NewMemberAsync(
        this TestServer server, long tenantId = DemoOrganisations.Welink, bool isClosed = false)
    {
        var account = Samples.NewAccount();
        Assert.True(await server.Get<IAccountStore>().TryAddAsync(account, default));
        var userId = $"user-{account.Id}@test";
        Assert.Equal(MemberOutcome.Done, await server.Get<IMemberStore>().PutAsync(
            new Member
            {
                TenantId = tenantId,
                UserId = userId,
                CorpUserId = $"{account.Id}",
                Name = "name",
                State = isClosed ? MemberState.Closed : MemberState.Open,
                AccountId = account.Id,
                Memberships = [new Membership(Department.Root, 1)],
                CreatedAt = Samples.Noon,
                ChangedAt = Samples.Noon,
            }, default));
        return (userId, account.Id);
    }

    /// <summary>A code of a member who signed in to the app.</summary>
    public static string CodeOf(
        this TestServer server, DemoData.DemoApp app, long accountId, long tenantId = DemoOrganisations.Welink)
    {
        var (issuer, now) = (server.Get<CredentialIssuer>(), server.Get<TimeProvider>().GetUtcNow());
        return issuer.Code(
            server.Get<WeLinkProfile>().Credentials,
            new Grant(app.ClientId, accountId, issuer.NewId(), WeLinkProfile.BackOffice) { TenantId = tenantId },
            CodeTerms.For("", "", app.RedirectUri, challengeHash: null, isOffline: false),
            new IssuedOn(server.Get<HybridClock>().Now, now));
    }

    /// <summary>The app for a member who signed in to it.</summary>
    public static WeLinkCaller CallerOf(
        this TestServer server, DemoData.DemoApp app, long accountId, long tenantId = DemoOrganisations.Welink)
    {
        var (issuer, now) = (server.Get<CredentialIssuer>(), server.Get<TimeProvider>().GetUtcNow());
        var grant = new Grant(app.ClientId, accountId, issuer.NewId(), string.Join(' ', WeLinkProfile.AppScopes)) { TenantId = tenantId };
        var tokens = issuer.Tokens(
            server.Get<WeLinkProfile>().Credentials, grant, new IssuedOn(server.Get<HybridClock>().Now, now), withRefreshToken: false,
            secretWasShown: true);
        return new WeLinkCaller(server, app) { Token = tokens.AccessToken };
    }
}
