using System.Text.Json;
using Yaopai.Server.Surfaces.OpenApi.Methods;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi;

/// <summary>One mistake in a call of each method that is otherwise good, and what it earns.</summary>
public sealed class MistakeTests(SharedServer fixture)
{
    private const string Users = "passport/users/";
    private static readonly string s_twentyOne = string.Join(',', Enumerable.Repeat("900001", 21));

    private readonly OpenCaller _demo = new(fixture.Server);

    /// <summary>Null leaves the parameter out.</summary>
    public static TheoryData<string, string, string?, string> Mistakes { get; } = new()
    {
        { Users + "getInfo", "uid",    "900002",              nameof(E.UserDataForbidden) },
        { Users + "getInfo", "uids",   "900001,900002",       nameof(E.UserDataForbidden) },
        { Users + "getInfo", "uid",    "mainland",            nameof(E.ParameterMalformed) },
        { Users + "getInfo", "uid",    "0",                   nameof(E.ParameterMalformed) },
        { Users + "getInfo", "uid",    "-900001",             nameof(E.ParameterMalformed) },
        { Users + "getInfo", "uid",    "9000010000000000000", nameof(E.ParameterMalformed) },
        { Users + "getInfo", "uids",   "900001,x",            nameof(E.ParameterMalformed) },
        { Users + "getInfo", "fields", "username,,sex",       nameof(E.ParameterMalformed) },
        { Users + "getInfo", "fields", "shoesize",            nameof(E.UserFieldUnknown) },
        { Users + "getInfo", "fields", "Username",            nameof(E.UserFieldUnknown) },
        { Users + "getInfo", "fields", "email,shoesize",      nameof(E.UserFieldUnknown) },
        { Users + "getInfo", "fields", "email",               nameof(E.EmailForbidden) },
        { Users + "getInfo", "fields", "username,secureemail", nameof(E.EmailForbidden) },

        { Users + "isAppUser", "uid",   "900002",     nameof(E.UserDataForbidden) },
        { Users + "isAppUser", "uid",   "x",          nameof(E.ParameterMalformed) },
        { Users + "isAppUser", "appid", "x",          nameof(E.ParameterMalformed) },
        { Users + "isAppUser", "appid", "999",        nameof(E.ApplicationUnknown) },

        { Users + "hasAppPermission", "uid",      "900002",      nameof(E.UserDataForbidden) },
        { Users + "hasAppPermission", "uid",      "x",           nameof(E.ParameterMalformed) },
        { Users + "hasAppPermission", "ext_perm", null,          nameof(E.ParameterMalformed) },
        { Users + "hasAppPermission", "ext_perm", "",            nameof(E.ParameterMalformed) },
        { Users + "hasAppPermission", "ext_perm", " ",           nameof(E.PermissionUnknown) },
        { Users + "hasAppPermission", "ext_perm", "openid",      nameof(E.PermissionUnknown) },
        { Users + "hasAppPermission", "ext_perm", "basic,email", nameof(E.PermissionUnknown) },

        { Users + "hasAppPermissions", "uid",       "900002",       nameof(E.UserDataForbidden) },
        { Users + "hasAppPermissions", "ext_perms", null,           nameof(E.ParameterMalformed) },
        { Users + "hasAppPermissions", "ext_perms", "",             nameof(E.ParameterMalformed) },
        { Users + "hasAppPermissions", "ext_perms", "basic,,email", nameof(E.ParameterMalformed) },
        { Users + "hasAppPermissions", "ext_perms", "basic,openid", nameof(E.PermissionUnknown) },

        { "friends/getFriends", "page_no",   "-1",    nameof(E.ParameterMalformed) },
        { "friends/getFriends", "page_no",   "x",     nameof(E.ParameterMalformed) },
        { "friends/getFriends", "page_no",   "10001", nameof(E.ParameterMalformed) },
        { "friends/getFriends", "page_size", "0",     nameof(E.ParameterMalformed) },
        { "friends/getFriends", "page_size", "501",   nameof(E.ParameterMalformed) },
        { "friends/getFriends", "sort_type", "2",     nameof(E.ParameterMalformed) },

        { "friends/getFriends", "uid",       "900002", nameof(E.UserDataForbidden) },

        { "friends/getFriendRelations", "uid",       "900002", nameof(E.UserDataForbidden) },
        { "friends/getFriendRelations", "uid",       "x",      nameof(E.ParameterMalformed) },
        { "friends/getFriendRelations", "page_size", "501",    nameof(E.ParameterMalformed) },
        { "friends/getAppUsers",        "uid",       "900002", nameof(E.UserDataForbidden) },
        { "friends/getAppUsers",        "page_no",   "-1",     nameof(E.ParameterMalformed) },
        { "friends/getNonAppUsers",     "uid",       "900002", nameof(E.UserDataForbidden) },
        { "friends/getNonAppUsers",     "sort_type", "2",      nameof(E.ParameterMalformed) },

        { "friends/areFriends", "uids1", s_twentyOne,     nameof(E.TooManyParameters) },
        { "friends/areFriends", "uids2", s_twentyOne,     nameof(E.TooManyParameters) },
        { "friends/areFriends", "uids1", "900003",        nameof(E.UserDataForbidden) },
        { "friends/areFriends", "uids1", null,            nameof(E.ParameterMalformed) },
        { "friends/areFriends", "uids2", "",              nameof(E.ParameterMalformed) },
        { "friends/areFriends", "uids1", "900001,900003", nameof(E.ParameterMalformed) },
        { "friends/areFriends", "uids1", "x",             nameof(E.ParameterMalformed) },

        { "passport/auth/revokeAuthorization", "uid", "900002", nameof(E.UserDataForbidden) },
        { "passport/auth/revokeAuthorization", "uid", "x",      nameof(E.ParameterMalformed) },
        { "passport/auth/revokeAuthorization", "uid", "0",      nameof(E.ParameterMalformed) },
        { "passport/auth/revokeAuthorization", "uid", "00",     nameof(E.ParameterMalformed) },

        { "passport/auth/revokeExtendedPermission", "uid",   "900002",       nameof(E.UserDataForbidden) },
        { "passport/auth/revokeExtendedPermission", "uid",   "x",            nameof(E.ParameterMalformed) },
        { "passport/auth/revokeExtendedPermission", "perms", null,           nameof(E.ParameterMalformed) },
        { "passport/auth/revokeExtendedPermission", "perms", "basic..email", nameof(E.ParameterMalformed) },
        { "passport/auth/revokeExtendedPermission", "perms", "basic,",       nameof(E.ParameterMalformed) },
        { "passport/auth/revokeExtendedPermission", "perms", "basic.openid", nameof(E.PermissionUnknown) },

        { "iplib/query", "ip", string.Join(',', Enumerable.Range(0, 21).Select(n => $"192.0.2.{n}")), nameof(E.TooManyParameters) },
        { "iplib/query", "ip", null,            nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "192.0.2.1,",    nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "7",             nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "192.0.2.256",   nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "host.example",  nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "0xC0.0.2.1",    nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "192.0.2.010",   nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "192.0.513",     nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "[2001:db8::1]:80", nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "fe80::1%1",     nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "::ffff:192.0.2.010", nameof(E.ParameterMalformed) },
        { "iplib/query", "ip", "2001:db8::1/32", nameof(E.ParameterMalformed) },
    };

    private static readonly Dictionary<string, (string Name, string Value)[]> s_good = new()
    {
        [Users + "getInfo"] = [("fields", "username")],
        [Users + "isAppUser"] = [],
        [Users + "hasAppPermission"] = [("ext_perm", "basic")],
        [Users + "hasAppPermissions"] = [("ext_perms", "basic,email")],
        ["friends/getFriends"] = [],
        ["friends/areFriends"] = [("uids1", "900001"), ("uids2", "900002")],
        ["friends/getFriendRelations"] = [],
        ["friends/getAppUsers"] = [],
        ["friends/getNonAppUsers"] = [],
        ["passport/auth/revokeAuthorization"] = [],
        ["passport/auth/revokeExtendedPermission"] = [("perms", "email")],
        ["iplib/query"] = [("ip", "192.0.2.1")],
    };

    /// <summary>The rules of each method that are not those of admission.</summary>
    public static TheoryData<string> Methods => [.. s_good.Keys];

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string method, string parameter, string? value, string expected)
    {
        var token = (await _demo.TokensAsync()).Access;
        var good = s_good[method].Select(field => (field.Name, (string?)field.Value));

        var response = await _demo.CallAsync(method, token, [.. good.Where(field => field.Name != parameter), (parameter, value)]);

        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Theory, MemberData(nameof(Methods))]
    public void Every_rule_of_a_method_is_broken_by_some_mistake(string method)
    {
        var rules = method switch
        {
            // provoked where the token lacks basic
            Users + "getInfo" => GetInfo.Rules.Select(rule => rule.Error).Where(error => error != E.UserFieldForbidden),
            Users + "isAppUser" => IsAppUser.Rules.Select(rule => rule.Error),
            Users + "hasAppPermission" => HasAppPermission.Rules.Select(rule => rule.Error),
            Users + "hasAppPermissions" => HasAppPermissions.Rules.Select(rule => rule.Error),
            "friends/getFriends" or "friends/getFriendRelations" or "friends/getAppUsers" or "friends/getNonAppUsers" =>
                FriendPage.Rules.Select(rule => rule.Error),
            "friends/areFriends" => AreFriends.Rules.Select(rule => rule.Error),
            "passport/auth/revokeAuthorization" => RevokeAuthorization.Rules.Select(rule => rule.Error),
            "passport/auth/revokeExtendedPermission" => RevokeExtendedPermission.Rules.Select(rule => rule.Error),
            _ => IpLookup.Rules.Select(rule => rule.Error),
        };

        var provoked = Mistakes.Where(row => row.Data.Item1 == method).Select(row => row.Data.Item4).ToHashSet();
        Assert.Empty(rules.Select(error => error.Name).Except(provoked));
    }

    [Fact]
    public async Task A_name_that_comes_twice_and_a_body_that_is_no_form_are_invalid()
    {
        var token = (await _demo.TokensAsync()).Access;
        var method = OpenCaller.Rest + Users + "getInfo";
        await (await _demo.PostAsync(method, ("access_token", token), ("fields", "sex"), ("fields", "job")))
            .ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.PostAsync($"{method}?fields=sex", ("access_token", token), ("fields", "job")))
            .ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.PostAsync($"{method}?fields=sex", ("access_token", token), ("fields", "sex"))).ShouldSucceedAsync(E.Ok);
        using var json = new StringContent(
            JsonSerializer.Serialize(new { access_token = token }), System.Text.Encoding.UTF8, "application/json");
        await (await fixture.Server.Http.PostAsync(method, json)).ShouldBeAsync(E.ParameterMalformed);
    }
}
