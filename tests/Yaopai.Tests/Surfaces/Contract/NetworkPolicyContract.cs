using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>A surface that only some networks may call.</summary>
public abstract class NetworkPolicyContract<TCalls>(NetworkPolicyContract<TCalls>.Fixture fixture)
    : IClassFixture<NetworkPolicyContract<TCalls>.Fixture> where TCalls : SurfaceCalls, new()
{
    private static readonly TCalls s_calls = new();

    public sealed class Fixture : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
        [
            ($"{s_calls.Section}:AllowedNetworks:0", "127.0.0.0/8"),
            ($"{s_calls.Section}:AllowedNetworks:1", "192.0.2.0/24"),
            ("Gateway:Proxies:0", "127.0.0.0/8"),
        ];
    }

    public static TheoryData<string> Operations => s_calls.Named();

    [Theory, MemberData(nameof(Operations))]
    public async Task From_elsewhere_every_operation_is_forbidden(string name)
    {
        var call = s_calls.Of(name);
        var callAsync = await SurfaceCalls.PrepareAsync(fixture.Server, call);
        fixture.Server.ForwardedFor = "198.51.100.7";
        var fromElsewhere = await callAsync();
        fixture.Server.ForwardedFor = "192.0.2.7";
        var fromTheNetwork = await callAsync();
        fixture.Server.ForwardedFor = null;

        await s_calls.ShouldFailAsync(fixture.Server, call, fromElsewhere, Failure.Forbidden);
        await s_calls.ShouldSucceedAsync(call, fromTheNetwork); // nothing was used up
    }
}
