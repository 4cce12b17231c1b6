using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>No operation is without a quota.</summary>
public abstract class QuotaContract<TCalls>(ServerFixture fixture) : IClassFixture<ServerFixture> where TCalls : SurfaceCalls, new()
{
    private const int Quota = 3;

    private static readonly TCalls s_calls = new();

    public static TheoryData<string> Operations => s_calls.Named();

    [Theory, MemberData(nameof(Operations))]
    public async Task Every_operation_is_flow_controlled_in_its_own_way(string name)
    {
        var call = s_calls.Of(name);
        var failures = s_calls.OperationOf(fixture.Server, call).Failures;
        var expected = new[] { Failure.Throttled, Failure.Flooded }.Select(failure => s_calls.RowOf(call, failures[failure]!)).ToArray();
        var app = await fixture.Server.NewAppAsync();
        var callAsync = await call.PrepareAsync(fixture.Server, app);
        fixture.Server.Get<Quotas>().Clear();

        // Called as an app and, once that is spent or the credential is used, as an address; a minute may turn meanwhile.
        HttpResponseMessage response;
        ErrorDefinition? refusal;
        var calls = 0;
        using (s_calls.Narrow(fixture.Server, Quota))
        {
            do
            {
                if (call.EndsItsToken && calls > 0)
                    callAsync = await call.PrepareAsync(fixture.Server, app);
                response = await callAsync();
                var code = await response.CodeOfAsync();
                refusal = expected.FirstOrDefault(error => code.EndsWith($" {error.Channel} {error.Number}", StringComparison.Ordinal));
                calls++;
            }
            while (refusal is null && calls < 4 * Quota);
        }

        fixture.Server.Get<Quotas>().Clear();
        Assert.InRange(calls, Quota + 1, 4 * Quota);
        Assert.NotNull(refusal);
        await s_calls.ShouldBeAsync(response, refusal);
    }
}
