using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi;

/// <summary>What breaks behind a method: an unknown error, or a service that is not available for now; never a stack trace.</summary>
public sealed class FailureTests(FailureTests.Hasty fixture) : IClassFixture<FailureTests.Hasty>
{
    public sealed class Hasty : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Storage:Timeout", "00:00:03"), ("Storage:BreakAfter", "1000")];
    }

    public static TheoryData<string> Operations => [.. GoodCalls.Operations];

    /// <summary>The method, and the table that it stands on.</summary>
    public static TheoryData<string, string> Tables { get; } = new()
    {
        { "GetLoggedInUser",     "account" },
        { "GetInfo",             "account" },
        { "IsAppUser",           "consent" },
        { "HasAppPermission",    "consent" },
        { "HasAppPermissions",   "consent" },
        { "GetFriends",          "friendship" },
        { "GetFriendRelations",  "friendship" },
        { "GetAppUsers",         "consent" },
        { "GetNonAppUsers",      "consent" },
        { "AreFriends",          "friendship" },
        { "ExpireSession",       "revocation" },
        { "RevokeAuthorization", "revocation" },
        { "RevokeExtendedPermission", "revocation" },
        { "IpLookup",            "app" },
        { "BatchRun",            "app" },
    };

    [Theory, MemberData(nameof(Operations))]
    public async Task An_unexpected_exception_is_an_unknown_error(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await using (await fixture.BreakAsync(new { target = GoodCalls.TargetOf(operation), fault = "exception" }))
            await (await call()).ShouldBeAsync(E.Internal);

        await (await call()).ShouldSucceedAsync(E.Ok);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task An_answer_that_is_not_documented_for_methods_never_leaves(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await using (await fixture.BreakAsync(new { target = "open", error = "10002" }))
            await (await call()).ShouldBeAsync(E.Internal);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task A_documented_error_can_be_forced_by_its_number(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await using (await fixture.BreakAsync(new { target = GoodCalls.TargetOf(operation), error = "104", times = 1 }))
            await (await call()).ShouldBeAsync(E.SignatureIncorrect);
        await using (await fixture.BreakAsync(new { target = "open", error = "4", client_id = 100000001 }))
            await (await call()).ShouldBeAsync(E.CallsThrottled);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task A_lost_key_is_an_unknown_error(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await using (await fixture.BreakAsync(new { target = "*", fault = "key-lost" }))
            await (await call()).ShouldBeAsync(E.Internal);
    }

    [Theory, MemberData(nameof(Tables))]
    public async Task A_storage_operation_that_fails_is_an_unknown_error_and_nothing_is_half_done(string operation, string table)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        ForgetEverything();
        await fixture.Engine.ExecuteAsync($"ALTER TABLE {table} RENAME TO gone");
        var response = await call();
        await fixture.Engine.ExecuteAsync($"ALTER TABLE gone RENAME TO {table}");

        await response.ShouldBeAsync(E.Internal);
        await (await call()).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_signature_that_cannot_be_remembered_is_not_taken()
    {
        var demo = new OpenCaller(fixture.Server);
        var session = await demo.TokensAsync();
        await fixture.Engine.ExecuteAsync("ALTER TABLE used_code RENAME TO gone; ALTER TABLE call_id RENAME TO gone_too");
        var (signed, numbered) = (
            await demo.AppSignedAsync("passport/users/isAppUser", ("uid", "900001")), await demo.NumberedAsync("baidu.users.getInfo", "1", session));
        await fixture.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO used_code; ALTER TABLE gone_too RENAME TO call_id");

        await signed.ShouldBeAsync(E.Internal);
        await numbered.ShouldBeAsync(E.Internal);
    }

    [Fact]
    public async Task A_write_that_keeps_colliding_is_a_service_that_is_not_available_for_now()
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, "ExpireSession");
        await using (await fixture.Engine.BlockWritesAsync())
            await (await call()).ShouldBeAsync(E.ServiceUnavailable);

        await (await call()).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_token_whose_account_is_gone_is_an_unknown_error()
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, "GetInfo");
        await fixture.Engine.ExecuteAsync("UPDATE account SET id = -900001 WHERE id = 900001");
        ForgetEverything();
        var response = await call();
        await fixture.Engine.ExecuteAsync("UPDATE account SET id = 900001 WHERE id = -900001");

        await response.ShouldBeAsync(E.Internal);
    }

    /// <summary>Those of the data store, whose mishaps have other numbers, are in its own tests.</summary>
    [Fact]
    public void The_prepared_calls_are_those_of_all_methods() => Assert.Equal(
        GoodCalls.Operations.Select(GoodCalls.TargetOf).Order(),
        fixture.Server.GetAll<ISurface>().Single(surface => surface.Slug is "open").Operations
            .Where(operation => operation.Documented.Contains(E.ApiKeyUnknown) && !operation.Documented.Contains(E.DataStoreInternal)).Select(operation => operation.Target).Order());

    private void ForgetEverything()
    {
        fixture.Server.Get<AppDirectory>().Clear();
        fixture.Server.Get<AccountDirectory>().Clear();
    }
}

/// <summary>A surface that only some networks may call.</summary>
public sealed class NetworkPolicyTests(NetworkPolicyTests.Here fixture) : IClassFixture<NetworkPolicyTests.Here>
{
    public sealed class Here : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Surfaces:OpenApi:AllowedNetworks:0", "127.0.0.0/8"), ("Surfaces:OpenApi:AllowedNetworks:1", "192.0.2.0/24"), ("Gateway:Proxies:0", "127.0.0.0/8")];
    }

    public static TheoryData<string> Operations => [.. GoodCalls.Operations];

    [Theory, MemberData(nameof(Operations))]
    public async Task From_elsewhere_every_method_is_forbidden(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        fixture.Server.ForwardedFor = "198.51.100.7";
        var fromElsewhere = await call();
        fixture.Server.ForwardedFor = "192.0.2.7";
        var fromTheNetwork = await call();
        fixture.Server.ForwardedFor = null;

        await fromElsewhere.ShouldBeAsync(E.IpAddressForbidden);
        await fromTheNetwork.ShouldSucceedAsync(E.Ok);
    }
}
