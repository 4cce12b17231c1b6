using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi;

/// <summary>What breaks behind a method: an unknown error, or a service that is not available for now; never a stack trace.</summary>
public sealed class FailureTests(FailureContract<OpenApiCalls>.Fixture fixture) : FailureContract<OpenApiCalls>(fixture)
{
    private static readonly OpenApiCalls s_calls = new();

    [Fact]
    public async Task A_documented_error_can_be_forced_by_its_number_for_everybody_or_for_one_app()
    {
        var demo = new OpenCaller(Broken.Server);
        var token = (await demo.TokensAsync()).Access;
        await using (await Broken.BreakAsync(new { target = "open.getInfo", error = "104", times = 1 }))
            await (await demo.CallAsync("passport/users/getInfo", token)).ShouldBeAsync(E.SignatureIncorrect);
        await using (await Broken.BreakAsync(new { target = "open", error = "4", client_id = demo.App.ClientId }))
            await (await demo.CallAsync("passport/users/getInfo", token)).ShouldBeAsync(E.CallsThrottled);
    }

    [Fact]
    public async Task A_signature_that_cannot_be_remembered_is_not_taken()
    {
        var demo = new OpenCaller(Broken.Server);
        var session = await demo.TokensAsync();
        await Broken.Engine.ExecuteAsync("ALTER TABLE used_code RENAME TO gone; ALTER TABLE call_id RENAME TO gone_too");
        var (signed, numbered) = (
            await demo.AppSignedAsync("passport/users/isAppUser", ("uid", "900001")),
            await demo.NumberedAsync("baidu.users.getInfo", "1", session));
        await Broken.Engine.ExecuteAsync("ALTER TABLE gone RENAME TO used_code; ALTER TABLE gone_too RENAME TO call_id");

        await signed.ShouldBeAsync(E.Internal);
        await numbered.ShouldBeAsync(E.Internal);
    }

    [Fact]
    public async Task A_write_that_keeps_colliding_is_a_service_that_is_not_available_for_now()
    {
        var call = await SurfaceCalls.PrepareAsync(Broken.Server, s_calls.Of("ExpireSession"));
        await using (await Broken.Engine.BlockWritesAsync())
            await (await call()).ShouldBeAsync(E.ServiceUnavailable);

        await (await call()).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_token_whose_account_is_gone_is_an_unknown_error()
    {
        var call = await SurfaceCalls.PrepareAsync(Broken.Server, s_calls.Of("GetInfo"));
        await Broken.Engine.ExecuteAsync("UPDATE account SET id = -900001 WHERE id = 900001");
        SurfaceCalls.ForgetEverything(Broken.Server);
        var response = await call();
        await Broken.Engine.ExecuteAsync("UPDATE account SET id = 900001 WHERE id = -900001");

        await response.ShouldBeAsync(E.Internal);
    }
}
