using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

/// <summary>How often a device may ask, with an interval that no slow machine fills.</summary>
public sealed class DevicePollTests(DevicePollTests.Patient fixture) : IClassFixture<DevicePollTests.Patient>
{
    private readonly OAuthCaller _demo = new(fixture.Server);

    public sealed class Patient : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Grants:Open:DevicePollInterval", "00:01:00"), ("Grants:Open:DeviceCodeLifetime", "00:05:00")];
    }

    [Theory]
    [InlineData("scan", "confirm")]
    [InlineData("scan", "deny")]
    public async Task A_device_that_asks_sooner_than_it_may_is_told_to_slow_down_and_goes_on_once_it_waits(params string[] answer)
    {
        var device = await _demo.DeviceAsync();
        await (await _demo.PollAsync(device)).ShouldRefuseAsync(E.GrantInvalid, "authorization_pending");
        for (var i = 0; i < 10; i++) // more often than it could ask in all of its time
            await (await _demo.PollAsync(device)).ShouldRefuseAsync(E.GrantInvalid, "slow_down");
        await _demo.AdvanceAsync("PT1M");
        await (await _demo.PollAsync(device)).ShouldRefuseAsync(E.GrantInvalid, "authorization_pending");

        await _demo.PersonAsync(device, answer);
        await (await _demo.PollAsync(device)).ShouldRefuseAsync(E.GrantInvalid, "slow_down");
        await _demo.AdvanceAsync("PT1M");
        var last = await _demo.PollAsync(device);
        if (answer is [.., "confirm"])
            await last.ShouldGiveAsync();
        else
            await last.ShouldRefuseAsync(E.AccessDenied);
    }

    [Fact]
    public async Task Of_a_burst_of_polls_one_is_in_time()
    {
        var device = await _demo.DeviceAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(async _ => await (await _demo.PollAsync(device)).Content.ReadAsStringAsync()));

        Assert.Single(answers, answer => answer.Contains("authorization_pending", StringComparison.Ordinal));
        Assert.Equal(19, answers.Count(answer => answer.Contains("slow_down", StringComparison.Ordinal)));
    }
}
