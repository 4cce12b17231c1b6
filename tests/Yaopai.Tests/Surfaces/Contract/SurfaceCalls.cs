using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>What a surface, or a part of one, brings for the tests of what every surface owes: a good call of each operation.</summary>
public abstract class SurfaceCalls
{
    /// <summary>As in addresses: <c>huawei</c>.</summary>
    internal abstract string Slug { get; }

    /// <summary>As in settings: <c>Surfaces:HuaweiAccount</c>.</summary>
    internal abstract string Section { get; }

    internal abstract IReadOnlyList<GoodCall> All { get; }

    /// <summary>The number of an error of the surface that the operation does not document.</summary>
    internal abstract string UndocumentedFor(GoodCall call);

    /// <summary>The row of the call's page that documents an error of its operation.</summary>
    internal virtual ErrorDefinition RowOf(GoodCall call, ErrorDefinition error) => error;

    /// <summary>The row of its success.</summary>
    internal abstract ErrorDefinition OkOf(GoodCall call);

    internal virtual Task ShouldSucceedAsync(GoodCall call, HttpResponseMessage response) =>
        response.ShouldSucceedAsync(OkOf(call));

    internal virtual Task ShouldBeAsync(HttpResponseMessage response, ErrorDefinition expected) =>
        response.ShouldBeAsync(expected);

    /// <summary>Leaves every caller, whether proven or not, so many calls a minute until disposed.</summary>
    internal virtual IDisposable Narrow(TestServer server, int callsPerMinute)
    {
        var quotas = server.Get<IOptions<QuotaOptions>>().Value;
        var usual = (quotas.AppPerMinute, quotas.AddressPerMinute);
        (quotas.AppPerMinute, quotas.AddressPerMinute) = (callsPerMinute, callsPerMinute);
        return new Undo(() => (quotas.AppPerMinute, quotas.AddressPerMinute) = usual);
    }

    internal GoodCall Of(string name) => All.Single(call => call.Name == name);

    /// <summary>By name, for theories.</summary>
    internal TheoryData<string> Named(Func<GoodCall, bool>? which = null) => [.. All.Where(which ?? (_ => true)).Select(call => call.Name)];

    internal IOperation OperationOf(TestServer server, GoodCall call) =>
        server.GetAll<ISurface>().Single(surface => surface.Slug == Slug).Operations.Single(operation => operation.Target == call.Target);

    /// <summary>Holds an answer against what the operation documents for a failure.</summary>
    internal async Task ShouldFailAsync(TestServer server, GoodCall call, HttpResponseMessage response, Failure failure)
    {
        var error = OperationOf(server, call).Failures[failure];
        Assert.True(error is not null, $"{call.Name} documents nothing for {failure}.");
        await ShouldBeAsync(response, RowOf(call, error));
    }

    /// <summary>The call of an app that nobody else uses.</summary>
    internal static async Task<Func<Task<HttpResponseMessage>>> PrepareAsync(TestServer server, GoodCall call) =>
        await call.PrepareAsync(server, await server.NewAppAsync());

    internal static void ForgetEverything(TestServer server)
    {
        server.Get<AppDirectory>().Clear();
        server.Get<AccountDirectory>().Clear();
        server.Get<TenantDirectory>().Clear();
    }

    internal sealed class Undo(Action undo) : IDisposable
    {
        public void Dispose() => undo();
    }
}
