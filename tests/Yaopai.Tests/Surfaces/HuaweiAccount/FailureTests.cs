using System.Net.Http.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>What breaks behind an operation while the database itself is there.</summary>
public sealed class FailureTests(FailureTests.Hasty fixture) : IClassFixture<FailureTests.Hasty>
{
    public sealed class Hasty : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Storage:Timeout", "00:00:03"), ("Storage:BreakAfter", "1000")];
    }

    public static TheoryData<string> Operations => [.. GoodCalls.Operations];

    /// <summary>The operation, the statement that breaks what it stands on, the one that mends it, and what it earns.</summary>
    public static TheoryData<string, string, string, string> BrokenTables { get; } = new()
    {
        { "Token",        "ALTER TABLE used_code  RENAME TO gone", "ALTER TABLE gone RENAME TO used_code",  "Token.Internal" },
        { "Revoke",       "ALTER TABLE revocation RENAME TO gone", "ALTER TABLE gone RENAME TO revocation", "Revoke.Internal" },
        { "DeviceCode",   "ALTER TABLE device_authorization RENAME TO gone", "ALTER TABLE gone RENAME TO device_authorization", "DeviceCode.Internal" },
        { "DevicePage",   "ALTER TABLE device_authorization RENAME TO gone", "ALTER TABLE gone RENAME TO device_authorization", "DevicePage.Internal" },
        { "GetTokenInfo", "ALTER TABLE app        RENAME TO gone", "ALTER TABLE gone RENAME TO app",        "GetTokenInfo.Internal" },
        { "GetInfo",      "ALTER TABLE account    RENAME TO gone", "ALTER TABLE gone RENAME TO account",    "GetInfo.SystemInternal" },
        { "GetInfoPhone", "ALTER TABLE account    RENAME TO gone", "ALTER TABLE gone RENAME TO account",    "GetInfoPhone.SystemInternal" },
        { "GetRealName",    "ALTER TABLE real_name         RENAME TO gone", "ALTER TABLE gone RENAME TO real_name",         "GetRealName.SystemInternal" },
        { "GetRealName",    "ALTER TABLE personal_data_use RENAME TO gone", "ALTER TABLE gone RENAME TO personal_data_use", "GetRealName.SystemInternal" },
        { "VerifyRealName", "ALTER TABLE used_code         RENAME TO gone", "ALTER TABLE gone RENAME TO used_code",         "VerifyRealName.SystemInternal" },
        { "VerifyRealName", "ALTER TABLE personal_data_use RENAME TO gone", "ALTER TABLE gone RENAME TO personal_data_use", "VerifyRealName.SystemInternal" },
        { "Authorize",    "ALTER TABLE consent    RENAME TO gone", "ALTER TABLE gone RENAME TO consent",    "Authorize.ServerError" },
        { "GetRiskLevel", "ALTER TABLE sign_in    RENAME TO gone", "ALTER TABLE gone RENAME TO sign_in",    "GetRiskLevel.SystemInternal" },
        { "QuickLogin",           "ALTER TABLE used_code RENAME TO gone", "ALTER TABLE gone RENAME TO used_code", "QuickLogin.Internal" },
        { "QuickLogin",           "ALTER TABLE account   RENAME TO gone", "ALTER TABLE gone RENAME TO account",   "QuickLogin.Internal" },
        { "OpenIdToUnionId",      "ALTER TABLE open_id   RENAME TO gone", "ALTER TABLE gone RENAME TO open_id",   "OpenIdToUnionId.Internal" },
        { "BatchGetGroupUnionId", "ALTER TABLE union_id  RENAME TO gone", "ALTER TABLE gone RENAME TO union_id",  "BatchGetGroupUnionId.Internal" },
    };

    /// <summary>What a ring that can neither open nor sign earns.</summary>
    public static TheoryData<string, string> LostKeys { get; } = new()
    {
        { "Token",               "Token.Internal" },
        { "GetTokenInfo",        "GetTokenInfo.Internal" },
        { "Revoke",              "Revoke.Internal" },
        { "GetInfo",             "GetInfo.AuthenticationInternal" },
        { "GetInfoPhone",        "GetInfoPhone.AuthenticationInternal" },
        { "DeviceCode",          "DeviceCode.Internal" },
        { "DevicePage",          "DevicePage.Internal" },
        { "TokenInfo",           "TokenInfo.Internal" },
        { "QuickLogin",          "QuickLogin.Internal" },
        { "OpenIdToUnionId",     "OpenIdToUnionId.Internal" },
        { "BatchGetGroupUnionId", "BatchGetGroupUnionId.Internal" },
        { "Certs",               "Certs.ServerError" },
        { "OpenIdConfiguration", "OpenIdConfiguration.ServerError" },
        { "GetRealName",         "GetRealName.SystemInternal" },
        { "VerifyRealName",      "VerifyRealName.SystemInternal" },
        { "Authorize",           "Authorize.ServerError" },
        { "GetRiskLevel",        "GetRiskLevel.AuthenticationInternal" },
        { "RiscConfiguration",   "RiscConfiguration.ServerError" },
    };

    [Theory, MemberData(nameof(Operations))]
    public async Task An_unexpected_exception_is_a_server_error_without_a_stack_trace(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await using (await fixture.BreakAsync(new { target = "huawei", fault = "exception" }))
            await (await call()).ShouldBeAsync(Definitions.Named($"{operation}.ServerError"));

        await (await call()).ShouldSucceedAsync(Definitions.Named($"{operation}.Ok"));
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task An_answer_that_the_catalogue_does_not_document_never_leaves(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await using (await fixture.BreakAsync(new { target = "huawei", error = operation is "QuickLogin" ? "150028" : "60180008" })) // quickLogin's alone, and openIdToUnionId's
            await (await call()).ShouldBeAsync(Definitions.Named($"{operation}.UndocumentedAnswer"));
    }

    [Theory, MemberData(nameof(BrokenTables))]
    public async Task A_storage_operation_that_fails_is_an_internal_error(string operation, string breaking, string mending, string expected)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        ForgetEverything();
        await fixture.Engine.ExecuteAsync(breaking);
        var response = await call();
        await fixture.Engine.ExecuteAsync(mending);

        await response.ShouldBeAsync(Definitions.Named(expected));
        await (await call()).ShouldSucceedAsync(Definitions.Named($"{operation}.Ok")); // and nothing was half done
    }

    [Fact]
    public async Task A_write_that_keeps_colliding_is_a_processing_error_and_the_code_is_still_good()
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, "Token");
        await using (await fixture.Engine.BlockWritesAsync())
            await (await call()).ShouldBeAsync(Definitions.Named("Token.ProcessingFailed"));

        await (await call()).ShouldSucceedAsync(Definitions.Named("Token.Ok"));
    }

    [Theory]
    [InlineData("GetInfo", "Internal")]
    [InlineData("GetInfoPhone", "Internal")]
    [InlineData("QuickLogin", "Internal")]
    [InlineData("GetRiskLevel", "SystemInternal")]
    public async Task A_token_whose_account_is_gone_is_an_internal_error(string operation, string expected)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await fixture.Engine.ExecuteAsync("UPDATE account SET id = -900001 WHERE id = 900001");
        ForgetEverything();
        var response = await call();
        await fixture.Engine.ExecuteAsync("UPDATE account SET id = 900001 WHERE id = -900001");

        await response.ShouldBeAsync(Definitions.Named($"{operation}.{expected}"));
    }

    [Theory]
    [InlineData("GetRealName")]
    [InlineData("VerifyRealName")]
    public async Task A_real_name_that_was_moved_to_another_account_does_not_open_there(string operation)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await fixture.Engine.ExecuteAsync(
            """
            CREATE TABLE kept AS SELECT account_id, sealed FROM real_name;
            UPDATE real_name SET sealed = (SELECT sealed FROM kept WHERE account_id = 900004) WHERE account_id = 900001
            """);
        var response = await call();
        await fixture.Engine.ExecuteAsync(
            "UPDATE real_name SET sealed = (SELECT sealed FROM kept WHERE account_id = 900001) WHERE account_id = 900001; DROP TABLE kept");

        await response.ShouldBeAsync(Definitions.Named($"{operation}.Internal"));
        await (await call()).ShouldSucceedAsync(Definitions.Named($"{operation}.Ok")); // and the token was not used up
    }

    [Theory, MemberData(nameof(LostKeys))]
    public async Task A_lost_key_has_its_own_error(string operation, string expected)
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, operation);
        await using (await fixture.BreakAsync(new { target = "*", fault = "key-lost" }))
            await (await call()).ShouldBeAsync(Definitions.Named(expected));

        await (await call()).ShouldSucceedAsync(Definitions.Named($"{operation}.Ok"));
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_are_an_internal_error_for_who_inspects_a_token()
    {
        var call = await GoodCalls.PrepareAsync(fixture.Server, "TokenInfo");
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "P3D" }); // other keys than those in memory
        await fixture.Engine.ExecuteAsync("ALTER TABLE stored_key RENAME TO gone");
        var response = await call();
        await fixture.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO stored_key");
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");

        await response.ShouldBeAsync(Definitions.Named("TokenInfo.Internal"));
    }

    private void ForgetEverything()
    {
        fixture.Server.Get<AppDirectory>().Clear();
        fixture.Server.Get<AccountDirectory>().Clear();
    }
}
