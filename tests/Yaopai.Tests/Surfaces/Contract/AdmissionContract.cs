using System.Net;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>Who is not let in, whatever else is right. Each test has an app of its own.</summary>
public abstract class AdmissionContract<TCalls>(ServerFixture fixture) where TCalls : SurfaceCalls, new()
{
    private static readonly IPNetwork s_elsewhere = IPNetwork.Parse("192.0.2.0/24");
    private static readonly IPNetwork[] s_here = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")];
    private static readonly TCalls s_calls = new();

    public static TheoryData<string> OfApps => s_calls.Named(call => !call.NeedsKeysOnly);

    public static TheoryData<string> OfServers => s_calls.Named(call => !(call.NeedsKeysOnly || call.IsOfBrowsers));

    [Theory, MemberData(nameof(OfApps))]
    public async Task A_disabled_app_is_refused_everything(string name)
    {
        var (call, app) = (s_calls.Of(name), await fixture.Server.NewAppAsync());
        var callAsync = await call.PrepareAsync(fixture.Server, app);

        await fixture.Server.ChangeAsync(app, it => it with { DisabledAt = DateTimeOffset.UnixEpoch });
        await s_calls.ShouldFailAsync(fixture.Server, call, await callAsync(), Failure.AppDisabled);

        await fixture.Server.ChangeAsync(app, it => it with { DisabledAt = null });
        await s_calls.ShouldSucceedAsync(call, await callAsync()); // nothing was used up meanwhile
    }

    [Theory, MemberData(nameof(OfApps))]
    public async Task The_apps_of_a_disabled_developer_are_refused_everything(string name)
    {
        var (call, app) = (s_calls.Of(name), await fixture.Server.NewAppAsync());
        var callAsync = await call.PrepareAsync(fixture.Server, app);

        await fixture.Server.ChangeDeveloperAsync(app, it => it with { DisabledAt = DateTimeOffset.UnixEpoch });

        await s_calls.ShouldFailAsync(fixture.Server, call, await callAsync(), Failure.AppDisabled);
    }

    [Theory, MemberData(nameof(OfServers))]
    public async Task An_app_with_an_allowlist_is_let_in_from_there_alone(string name)
    {
        var (call, app) = (s_calls.Of(name), await fixture.Server.NewAppAsync());
        var callAsync = await call.PrepareAsync(fixture.Server, app);

        await fixture.Server.ChangeAsync(app, it => it with { Allowlist = [s_elsewhere] });
        await s_calls.ShouldFailAsync(fixture.Server, call, await callAsync(), Failure.Forbidden);

        await fixture.Server.ChangeAsync(app, it => it with { Allowlist = [s_elsewhere, .. s_here] });
        await s_calls.ShouldSucceedAsync(call, await callAsync());
    }

    [Fact]
    public async Task An_allowlist_is_for_the_servers_of_an_app_and_not_for_the_browsers_of_its_people()
    {
        foreach (var call in s_calls.All.Where(call => call.IsOfBrowsers)) // a surface may have none
        {
            var app = await fixture.Server.NewAppAsync();
            var callAsync = await call.PrepareAsync(fixture.Server, app);
            await fixture.Server.ChangeAsync(app, it => it with { Allowlist = [s_elsewhere] });

            await s_calls.ShouldSucceedAsync(call, await callAsync());
        }
    }
}
