using System.Net.Http.Json;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>What breaks behind an operation while the database itself is there.</summary>
public sealed class FailureTests(FailureContract<HuaweiAccountCalls>.Fixture fixture) : FailureContract<HuaweiAccountCalls>(fixture)
{
    private static readonly HuaweiAccountCalls s_calls = new();

    [Fact]
    public async Task A_write_that_keeps_colliding_is_a_processing_error_and_the_code_is_still_good()
    {
        var call = await PrepareAsync("Token");
        await using (await Broken.Engine.BlockWritesAsync())
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
        var call = await PrepareAsync(operation);
        await Broken.Engine.ExecuteAsync("UPDATE account SET id = -900001 WHERE id = 900001");
        SurfaceCalls.ForgetEverything(Broken.Server);
        var response = await call();
        await Broken.Engine.ExecuteAsync("UPDATE account SET id = 900001 WHERE id = -900001");

        await response.ShouldBeAsync(Definitions.Named($"{operation}.{expected}"));
    }

    [Theory]
    [InlineData("GetRealName")]
    [InlineData("VerifyRealName")]
    public async Task A_real_name_that_was_moved_to_another_account_does_not_open_there(string operation)
    {
        var call = await PrepareAsync(operation);
        await Broken.Engine.ExecuteAsync(
            """
            CREATE TABLE kept AS SELECT account_id, sealed FROM real_name;
            UPDATE real_name SET sealed = (SELECT sealed FROM kept WHERE account_id = 900004) WHERE account_id = 900001
            """);
        var response = await call();
        await Broken.Engine.ExecuteAsync(
            "UPDATE real_name SET sealed = (SELECT sealed FROM kept WHERE account_id = 900001) WHERE account_id = 900001; DROP TABLE kept");

        await response.ShouldBeAsync(Definitions.Named($"{operation}.Internal"));
        await (await call()).ShouldSucceedAsync(Definitions.Named($"{operation}.Ok")); // and the token was not used up
    }

    [Fact]
    public async Task Keys_that_cannot_be_read_are_an_internal_error_for_who_inspects_a_token()
    {
        var call = await PrepareAsync("TokenInfo");
        await Broken.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "P3D" }); // other keys than those in memory
        await Broken.Engine.ExecuteAsync("ALTER TABLE stored_key RENAME TO gone");
        var response = await call();
        await Broken.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO stored_key");
        await Broken.Server.Http.DeleteAsync("/sandbox/clock");

        await response.ShouldBeAsync(Definitions.Named("TokenInfo.Internal"));
    }

    private async Task<Func<Task<HttpResponseMessage>>> PrepareAsync(string name) =>
        await SurfaceCalls.PrepareAsync(Broken.Server, s_calls.Of(name));
}
