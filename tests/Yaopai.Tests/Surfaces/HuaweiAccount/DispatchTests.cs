using Yaopai.Errors;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>Paths, services and hosts: what is where.</summary>
public sealed class DispatchTests(SharedServer fixture)
{
    private readonly HuaweiCaller _demo = new(fixture.Server);

    public static TheoryData<string, string> Unknown { get; } = new()
    {
        { "/oauth2/v3/authorise",                               "Authorize.NotFound" },
        { "/oauth2/v3/tokens",                                  "Token.NotFound" },
        { "/oauth2/v3/token/",                                  "Token.NotFound" },
        { "/oauth2/v3/Revoke",                                  "Revoke.NotFound" },
        { "/oauth2/v3/device/codes",                            "DeviceCode.NotFound" },
        { "/oauth2/v3/devices",                                 "DevicePage.NotFound" },
        { "/oauth2/v3/device/",                                 "DevicePage.NotFound" },
        { "/oauth2/v3/tokeninfo2",                              "TokenInfo.NotFound" },
        { "/oauth2/v3/cert",                                    "Certs.NotFound" },
        { "/.well-known/openid_configuration",                  "OpenIdConfiguration.NotFound" },
        { "/user/getUserRiskLevel",                             "GetRiskLevel.NotFound" },
        { "/v1beta/public/risc/.well-known/risc_configuration", "RiscConfiguration.NotFound" },
        { "/rest.php?nsp_svc=huawei.oauth2.user.getTokenInf",   "GetTokenInfo.NotFound" },
        { "/rest.php?nsp_svc=GOpen.User.getinfo",               "GetInfo.NotFound" },
        { "/rest.php?nsp_svc=GOpen.User.getPhone",              "GetInfoPhone.NotFound" },
        { "/rest.php?nsp_svc=OpenRealName.User.getdetailinfo",  "VerifyRealName.ServiceUnknown" },
        { "/rest.php?nsp_svc=OpenRealName.User.",               "VerifyRealName.ServiceUnknown" },
        { "/rest.php?nsp_svc=OpenRealName.Users.verifyRealName", "VerifyRealName.ServiceNameIncorrect" },
        { "/rest.php?nsp_svc=OpenRealName.",                    "GetRealName.ServiceNameIncorrect" },
        { "/rest.php/OpenRealName.User.getDetailInfo",          "GetRealName.NotFound" },
        { "/rest.php5?nsp_svc=OpenRealName.User.verifyRealName", "VerifyRealName.NotFound" },
        { "/rest.php?nsp_svc=huawei.oauth3.user.getTokenInfo",  "GetTokenInfo.DispatchFailed" },
        { "/rest.php?nsp_svc=",                                 "GetTokenInfo.DispatchFailed" },
        { "/rest.php",                                          "GetTokenInfo.DispatchFailed" },
        { "/rest.php/huawei.oauth2.app.openIdToUnionId",        "OpenIdToUnionId.NotFound" },
        { "/rest.php?nsp_svc=huawei.oauth2.app.openIdToOpenId", "OpenIdToUnionId.ServiceUnknown" },
        { "/rest.php?nsp_svc=huawei.oauth2.app.",               "OpenIdToUnionId.ServiceUnknown" },
        { "/rest.php?nsp_svc=huawei.oauth3.app.openIdToUnionId", "OpenIdToUnionId.DispatchFailed" },
        { "/oauth2/v6/quickLogin/getPhoneNumbers",              "QuickLogin.NotFound" },
        { "/oauth2/v6/groupUnionId/batchget",                   "BatchGetGroupUnionId.NotFound" },
    };

    public static TheoryData<string, string, string> WrongMethods { get; } = new()
    {
        { "PUT",    "/oauth2/v3/authorize",                                  "Authorize" },
        { "GET",    "/oauth2/v3/token",                                      "Token" },
        { "GET",    "/oauth2/v3/revoke",                                     "Revoke" },
        { "GET",    "/oauth2/v3/device/code",                                "DeviceCode" },
        { "PUT",    "/oauth2/v3/device",                                     "DevicePage" },
        { "DELETE", "/oauth2/v3/device/qr",                                  "DevicePage" },
        { "PUT",    "/oauth2/v3/tokeninfo",                                  "TokenInfo" },
        { "DELETE", "/oauth2/v3/certs",                                      "Certs" },
        { "PATCH",  "/.well-known/openid-configuration",                     "OpenIdConfiguration" },
        { "POST",   "/v1beta/public/risc/.well-known/risc-configuration",    "RiscConfiguration" },
        { "GET",    "/rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo",     "GetTokenInfo" },
        { "GET",    "/rest.php?nsp_svc=GOpen.User.getInfo",                  "GetInfo" },
        { "PUT",    "/rest.php?nsp_svc=GOpen.User.getInfo",                  "GetInfoPhone" },
        { "GET",    "/rest.php?nsp_svc=OpenRealName.User.getDetailInfo",     "GetRealName" },
        { "PUT",    "/rest.php?nsp_svc=OpenRealName.User.verifyRealName",    "VerifyRealName" },
        { "GET",    "/user/getuserrisklevel",                                "GetRiskLevel" },
        { "GET",    "/rest.php?nsp_svc=huawei.oauth2.app.openIdToUnionId",   "OpenIdToUnionId" },
        { "GET",    "/oauth2/v6/quickLogin/getPhoneNumber",                  "QuickLogin" },
        { "PUT",    "/oauth2/v6/groupUnionId/batchGet",                      "BatchGetGroupUnionId" },
        { "GET",    "/rest.php",                                             "GetTokenInfo" },
    };

    [Theory, MemberData(nameof(Unknown))]
    public async Task What_is_not_there_is_not_found(string path, string expected) =>
        await (await _demo.PostAsync(path)).ShouldBeAsync(Definitions.Named(expected));

    /// <summary>The texts of all 404 rows are equal, so that only the log tells whose row it was.</summary>
    [Theory, MemberData(nameof(Unknown))]
    public async Task What_is_not_found_is_told_by_the_nearest_operation(string path, string expected)
    {
        if (expected.Split('.') is not [var operation, "NotFound"])
            return; // told by the dispatcher

        var name = operation is "GetInfoPhone" ? "GetInfo" : operation; // a second page about one operation
        using var response = await _demo.PostAsync(path);

        var id = response.Headers.GetValues("X-Request-Id").Single();
        Assert.Contains(fixture.Server.Log.Lines, line => line.Contains($"request {id}:", StringComparison.Ordinal)
            && line.Contains($"huawei.{char.ToLowerInvariant(name[0])}{name[1..]} refused with NotFound", StringComparison.Ordinal));
    }

    [Theory, MemberData(nameof(WrongMethods))]
    public async Task Another_method_is_refused_with_those_that_are_allowed(string method, string path, string operation)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), "/huawei" + path);

        await (await fixture.Server.Http.SendAsync(request)).ShouldBeAsync(Definitions.Named($"{operation}.MethodNotAllowed"));
    }

    [Theory]
    [InlineData("accounts.huawei.com")]
    [InlineData("api.vmall.com")]
    [InlineData("api.cloud.huawei.com")]
    [InlineData("login.cloud.huawei.com")]
    [InlineData("oauth-login1.cloud.huawei.com")]
    [InlineData("oauth-login10.cloud.huawei.com")]
    public async Task G1_older_host_names_are_answered(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration") { Headers = { Host = host } };
        var json = await (await fixture.Server.Http.SendAsync(request)).JsonAsync();
        Assert.Equal($"http://{host}/oauth2/v3/token", json.GetProperty("token_endpoint").GetString());
        Assert.Equal("https://accounts.huawei.com", json.GetProperty("issuer").GetString());
    }

    [Fact]
    public async Task FC_09_who_looks_for_userinfo_reads_in_the_log_where_people_are_told_of()
    {
        var answer = await fixture.Server.Http.GetAsync("/huawei/oauth2/v3/userinfo");
        Assert.Equal(404, (int)answer.StatusCode);
        Assert.Contains(fixture.Server.Log.Lines, line => line.Contains("GOpen.User.getInfo", StringComparison.Ordinal));
    }

    [Fact]
    public async Task At_the_host_of_accounts_a_call_without_a_service_is_a_parameter_error()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/rest.php") { Headers = { Host = "account.cloud.huawei.com" } };

        await (await fixture.Server.Http.SendAsync(request)).ShouldBeAsync(HuaweiAccountErrors.GetInfo.ParameterError);
    }

    [Theory]
    [InlineData("/rest.php", "GetRealName.ServiceNameIncorrect")]
    [InlineData("/rest.php?nsp_svc=", "GetRealName.ServiceNameIncorrect")]
    [InlineData("/rest.php?nsp_svc=verifyRealName", "VerifyRealName.ServiceNameIncorrect")]
    [InlineData("/rest.php?nsp_svc=GOpen.User.getDetailInfo", "VerifyRealName.ServiceNameIncorrect")]
    [InlineData("/rest.php?nsp_svc=OpenRealName.User.verify", "VerifyRealName.ServiceUnknown")]
    public async Task At_the_host_of_real_names_another_service_is_an_error_of_its_name_and_another_method_is_not_found(
        string path, string expected)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Headers = { Host = "openrealname.cloud.huawei.com" } };

        await (await fixture.Server.Http.SendAsync(request)).ShouldBeAsync(Definitions.Named(expected));
    }

    [Fact]
    public async Task At_its_own_host_names_the_surface_answers_at_the_root()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/oauth2/v3/certs")
        {
            Headers = { Host = "oauth-login.cloud.huawei.com" },
        };

        await (await fixture.Server.Http.SendAsync(request)).ShouldSucceedAsync(HuaweiAccountErrors.Certs.Ok);
    }

    [Fact]
    public async Task At_other_hosts_the_root_is_not_the_surface() =>
        Assert.Equal(404, (int)(await fixture.Server.Http.GetAsync("/oauth2/v3/certs")).StatusCode);
}
