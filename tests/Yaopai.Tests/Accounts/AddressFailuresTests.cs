using System.Net;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Tests.Gateway;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts;

public sealed class AddressFailuresTests
{
    private readonly AddressFailures _failures = new(
        Options.Create(new SignInOptions { FailuresPerAddress = 2 }), new WallClock(new FakeTimeProvider(Samples.Noon)));

    [Fact]
    public void A_crowd_that_fails_once_each_hides_nobody_who_has_failed_too_often()
    {
        var guesser = IPAddress.Parse("2001:db8:ffff::1");
        _failures.Count(guesser);
        _failures.Count(IPAddress.Parse("2001:db8:ffff::2"));
        Assert.True(_failures.IsSpent(guesser));

        foreach (var address in Crowd.Of(NetworkKey.MostCounts + 1))
            _failures.Count(address);

        Assert.True(_failures.IsSpent(guesser));
    }
}
