using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>Nothing that a surface serves escapes the contracts.</summary>
public sealed class GoodCallTests(SharedServer shared)
{
    private static readonly SurfaceCalls[] s_all =
    [
        .. typeof(GoodCallTests).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(SurfaceCalls)) && !type.IsAbstract)
            .Select(type => (SurfaceCalls)Activator.CreateInstance(type)!),
    ];

    private static readonly Type[] s_contracts =
    [
        typeof(AdmissionContract<>), typeof(NetworkPolicyContract<>), typeof(QuotaContract<>),
        typeof(FailureContract<>), typeof(OutageContract<>), typeof(MalformedRequestContract<>),
    ];

    [Fact]
    public void Every_operation_of_every_surface_has_a_good_call() => Assert.Equal(
        shared.Server.GetAll<ISurface>().SelectMany(surface => surface.Operations).Select(operation => operation.Target).Order(),
        s_all.SelectMany(calls => calls.All).Select(call => call.Target).Distinct().Order());

    [Fact]
    public void What_a_call_says_of_its_operation_is_so() => Assert.All(s_all, calls => Assert.All(calls.All, call =>
    {
        var operation = calls.OperationOf(shared.Server, call);
        var readsForms = operation.Source is ParameterSource.Form or ParameterSource.FormOrJson;
        Assert.Equal((operation.IsForPeople, readsForms), (call.IsOfBrowsers, call.FormPath is not null));
    }));

    [Fact]
    public void Every_contract_is_held_over_all_good_calls()
    {
        var held = typeof(GoodCallTests).Assembly.GetTypes().Where(type => !type.IsAbstract).Select(type => type.BaseType).ToHashSet();

        Assert.All(s_all, calls => Assert.All(s_contracts, contract => Assert.Contains(contract.MakeGenericType(calls.GetType()), held)));
    }
}
