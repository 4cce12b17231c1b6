using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using C = Yaopai.Errors.WeLinkErrors.Contact;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>Who may ask for contacts, whatever they ask.</summary>
public sealed class ContactAskerTests(Company company) : IClassFixture<Company>
{
    private const string Users = "/api/contact/v1/users", Mobile = "/api/contact/v1/user/mobilenumber";

    /// <summary>What a table of mistakes of one operation has no rows for.</summary>
    internal static string[] Errors { get; } = [nameof(C.TenantUnknown), nameof(C.CurrentUserUnavailable), nameof(C.CurrentUserInvalid)];

    [Theory]
    [InlineData(""), InlineData("x"), InlineData("5e2584ad-c6ca-4cf9-8513-8216e4759905")]
    public async Task A_token_that_is_none_is_refused(string token) =>
        await (await new WeLinkCaller(company.Server, company.App) { Token = token }.GetAsync(Users)).ShouldBeAsync(C.AccessTokenMalformed);

    [Fact]
    public async Task A_token_lives_two_hours()
    {
        var caller = await WeLinkCaller.OfAppAsync(company.Server, await company.NewAppAsync());
        await caller.AdvanceAsync("PT2H");

        await (await caller.GetAsync(Users)).ShouldBeAsync(C.AccessTokenExpired);
    }

    [Fact]
    public async Task Reading_and_synchronising_are_opened_to_an_app_one_by_one()
    {
        var app = await company.NewAppAsync(app => app with
        {
            ApprovedScopes = [.. app.ApprovedScopes.Except([WeLinkProfile.ContactRead, WeLinkProfile.ContactSync])],
        });
        var caller = await WeLinkCaller.OfAppAsync(company.Server, app);

        await (await caller.GetAsync(Users)).ShouldBeAsync(C.ReadForbidden);
        await (await caller.SendAsync(HttpMethod.Put, Mobile, new { })).ShouldBeAsync(C.SyncForbidden);
    }

    [Fact]
    public async Task A_person_who_is_no_member_cannot_ask()
    {
        var stranger = Samples.NewAccount();

        await (await company.CallerOf(stranger.Id).GetAsync(Users)).ShouldBeAsync(C.CurrentUserUnavailable);
        await (await company.CallerOf(900003).GetAsync(Users)).ShouldBeAsync(C.CurrentUserUnavailable); // of another organisation
    }

    [Fact]
    public async Task A_member_who_was_closed_cannot_ask()
    {
        await (await company.CallerOf(company.Wang.AccountId!.Value).GetAsync(Users)).ShouldBeAsync(C.CurrentUserInvalid);
        await (await company.CallerOf(company.Li.AccountId!.Value).GetAsync(Users, ("userId", company.Li.UserId))).ShouldServeWeLinkAsync();
    }

    [Fact]
    public async Task Nobody_asks_in_an_organisation_whose_licence_is_over_or_has_not_begun()
    {
        var caller = await company.CallerAsync();
        var now = DateTimeOffset.UtcNow;
        await company.ChangeAsync(tenant => tenant with { LicensedUntil = now.AddDays(-1) });
        await (await caller.GetAsync(Users)).ShouldBeAsync(C.TenantUnknown);
        await (await caller.PostAsync("/api/contact/v2/users/bulk", new { personInfo = new[] { new { corpUserId = "a" } } }))
            .ShouldBeAsync(C.TenantUnknown); // what is changed, too
        await company.ChangeAsync(tenant => tenant with { LicensedFrom = now.AddDays(1), LicensedUntil = null });
        await (await caller.GetAsync(Users)).ShouldBeAsync(C.TenantUnknown);
        await company.ChangeAsync(tenant => tenant with { LicensedFrom = null });

        await (await caller.GetAsync(Users)).ShouldBeAsync(C.ParameterMissing);
    }

    [Fact]
    public async Task Another_verb_finds_nothing() =>
        await (await (await company.CallerAsync()).SendAsync(HttpMethod.Delete, Users, body: null)).ShouldBeAsync(G.AddressUnknown);
}
