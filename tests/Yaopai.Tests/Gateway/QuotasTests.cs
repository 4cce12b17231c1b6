using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Gateway;

public sealed class QuotasTests
{
    private const int Limit = 3;

    private readonly Quotas _quotas = new(
        Options.Create(new QuotaOptions { DeviceCodesPerMinute = Limit, AppPerMinute = Limit }),
        new WallClock(new FakeTimeProvider(Samples.Noon)));

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.1")]
    [InlineData("192.0.2.1", "::ffff:192.0.2.1")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff:ffff:ffff:ffff")]
    public void Addresses_that_one_caller_has_are_one(string one, string another)
    {
        Assert.All(Enumerable.Range(0, Limit), _ => Assert.True(_quotas.TryTakeDeviceCode(IPAddress.Parse(one))));

        Assert.False(_quotas.TryTakeDeviceCode(IPAddress.Parse(another)));
        Assert.False(_quotas.TryTakeDeviceCode(IPAddress.Parse(one)));
    }

    [Theory]
    [InlineData("192.0.2.1", "192.0.2.2")]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1")]
    public void Addresses_of_others_are_others(string one, string another)
    {
        Assert.All(Enumerable.Range(0, Limit), _ => Assert.True(_quotas.TryTakeDeviceCode(IPAddress.Parse(one))));

        Assert.True(_quotas.TryTakeDeviceCode(IPAddress.Parse(another)));
    }

    [Fact]
    public void A_crowd_that_comes_once_each_hides_nobody_who_has_spent_a_quota()
    {
        var (spent, app) = (IPAddress.Parse("192.0.2.1"), Samples.NewApp(developerId: 1));
        for (var i = 0; i < Limit; i++)
            Assert.True(_quotas.TryTakeDeviceCode(spent) && _quotas.TryTake(app, "test"));

        foreach (var address in Crowd.Of(NetworkKey.MostCounts + 1))
            Assert.True(_quotas.TryTakeDeviceCode(address));

        Assert.False(_quotas.TryTakeDeviceCode(spent));
        Assert.False(_quotas.TryTake(app, "test"));
    }

    [Fact]
    public void What_is_over_is_forgotten_before_what_counts()
    {
        var clock = new FakeTimeProvider(Samples.Noon);
        var quotas = new Quotas(Options.Create(new QuotaOptions { DeviceCodesPerMinute = 2 }), new WallClock(clock));
        foreach (var address in Crowd.Of(NetworkKey.MostCounts))
            Assert.True(quotas.TryTakeDeviceCode(address) && quotas.TryTakeDeviceCode(address));

        clock.Advance(TimeSpan.FromMinutes(1));
        var counted = IPAddress.Parse("192.0.2.1");

        Assert.True(quotas.TryTakeDeviceCode(counted)); // one count too many
        Assert.True(quotas.TryTakeDeviceCode(counted));
        Assert.False(quotas.TryTakeDeviceCode(counted));
    }
}

/// <summary>Callers from very many networks.</summary>
internal static class Crowd
{
    public static IEnumerable<IPAddress> Of(int count) =>
        Enumerable.Range(0, count).Select(i => IPAddress.Parse($"2001:db8:{i >> 16:x}:{i & 0xffff:x}::1"));
}
