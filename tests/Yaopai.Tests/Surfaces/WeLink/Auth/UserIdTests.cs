using System.Text.Json;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Tests.Surfaces.WeLink.Auth;

/// <summary>Who a code or a token is of, and whether they administer the organisation.</summary>
public sealed class UserIdTests(OwnApps apps) : IClassFixture<OwnApps>
{
    private const string ByCode = "/api/auth/v2/userid", ByToken = "/api/auth/v1/userid", IsAdmin = "/api/weopen/v1/isadmin";

    [Fact]
    public async Task A_code_of_the_client_says_who_its_member_is_once()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);
        var code = await caller.CodeAsync("hongkong", "authcode");

        var json = await (await caller.GetAsync(ByCode, ("code", code))).ShouldServeWeLinkAsync();

        Assert.Equal("hongkong@welink", json.GetProperty("userId").GetString());
        Assert.Equal(TenantIds.Write(DemoOrganisations.Welink), json.GetProperty("tenantId").GetString());
        await (await caller.GetAsync(ByCode, ("code", code))).ShouldBeAsync(A.UserInfoUnavailable);
    }

    [Theory]
    [InlineData(null), InlineData(""), InlineData("nonsense")]
    public async Task What_is_no_code_says_nothing(string? code) =>
        await (await (await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo)).GetAsync(ByCode, ("code", code)))
            .ShouldBeAsync(A.UserInfoUnavailable);

    [Fact]
    public async Task A_code_of_the_client_lives_two_minutes()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, await apps.Server.NewAppAsync());
        var code = await caller.CodeAsync(scope: "authcode");

        await caller.AdvanceAsync("PT2M");

        await (await caller.GetAsync(ByCode, ("code", code))).ShouldBeAsync(A.UserInfoUnavailable);
    }

    [Fact]
    public async Task Neither_a_code_of_another_app_nor_one_of_another_organisation_is_told()
    {
        var demo = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);
        var sibling = await WeLinkCaller.OfAppAsync(apps.Server, apps.Sibling);
        await (await demo.GetAsync(ByCode, ("code", await sibling.CodeAsync()))).ShouldBeAsync(A.UserInfoUnavailable);

        var isv = await WeLinkCaller.OfAppAsync(apps.Server, DemoData.Apps[1]);
        var elsewhere = await isv.CodeAsync("russia");
        await (await isv.GetAsync(ByCode, ("code", elsewhere))).ShouldBeAsync(A.UserInfoUnavailable);
        var there = await WeLinkCaller.OfAppAsync(apps.Server, DemoData.Apps[1], TenantIds.Write(DemoOrganisations.Stranger));
        await (await there.GetAsync(ByCode, ("code", elsewhere))).ShouldServeWeLinkAsync();
    }

    [Fact]
    public async Task The_token_of_an_app_is_nobodys()
    {
        var caller = await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo);

        await (await caller.GetAsync(ByToken)).ShouldBeAsync(A.UserInfoUnavailable);
        await (await caller.GetAsync(IsAdmin)).ShouldBeAsync(A.UserInfoUnavailable);
    }

    [Fact]
    public async Task A_token_of_the_old_endpoint_is_the_members_too()
    {
        var caller = new WeLinkCaller(apps.Server, apps.Demo);
        var code = await caller.CodeAsync("mainland", "authcode");
        var json = await (await caller.PostAsync("/api/auth/v1/tickets", caller.With(("type", "u"), ("code", code))))
            .ShouldServeWeLinkAsync();
        caller.Token = json.GetProperty("access_token").GetString()!;

        Assert.Equal("mainland@welink", await UserIdOfAsync(await caller.GetAsync(ByToken)));
        foreach (var wrong in new[] { code, "nonsense", "" })
            await (await caller.PostAsync("/api/auth/v1/tickets", caller.With(("type", "u"), ("code", wrong))))
                .ShouldBeAsync(A.AccessTokenUnavailable);
    }

    [Theory]
    [InlineData(null, true), InlineData("mainland@welink", true), InlineData("hongkong@welink", false)]
    public async Task Whether_a_member_administers_the_organisation_is_told(string? userId, bool expected)
    {
        var caller = await WeLinkCaller.OfUserAsync(apps.Server, "mainland", apps.Demo);

        var json = await (await caller.GetAsync(IsAdmin, ("userId", userId))).ShouldServeWeLinkAsync();

        Assert.Equal(expected, json.GetProperty("isAdmin").GetBoolean());
        Assert.Equal(expected ? 1 : 0, json.GetProperty("roles").GetArrayLength());
    }

    [Theory]
    [InlineData("nobody@welink"), InlineData("russia@stranger"), InlineData("\0")]
    public async Task Nobody_administers_who_is_not_there(string userId) =>
        await (await (await WeLinkCaller.OfAppAsync(apps.Server, apps.Demo)).GetAsync(IsAdmin, ("userId", userId.TrimEnd('\0') + "x")))
            .ShouldBeAsync(A.UserInfoUnavailable);

    [Fact]
    public async Task A_closed_member_is_told_of_no_more()
    {
        var members = apps.Server.Get<IMemberStore>();
        var caller = await WeLinkCaller.OfUserAsync(apps.Server, "unverified", apps.Demo);
        var member = (await members.FindAsync(DemoOrganisations.Welink, MemberKey.UserId, "unverified@welink", default))!;
        Assert.Equal(MemberOutcome.Done, await members.PutAsync(member with { State = MemberState.Closed }, default));
        try
        {
            await (await caller.GetAsync(ByToken)).ShouldBeAsync(A.UserInfoUnavailable);
        }
        finally
        {
            await members.PutAsync(member, default);
        }
    }

    private static async Task<string> UserIdOfAsync(HttpResponseMessage response)
    {
        JsonElement json = await response.ShouldServeWeLinkAsync(G.Ok);
        return json.GetProperty("userId").GetString()!;
    }
}
