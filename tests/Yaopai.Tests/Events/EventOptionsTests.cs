using System.ComponentModel.DataAnnotations;
using Yaopai.Server.Events;

namespace Yaopai.Tests.Events;

public sealed class EventOptionsTests
{
    [Theory]
    [InlineData(1, "00:00:05")]
    [InlineData(2, "00:00:10")]
    [InlineData(4, "00:00:40")]
    [InlineData(11, "01:00:00")]
    [InlineData(1_000_000, "01:00:00")]
    public void The_pause_doubles_up_to_the_longest_and_chance_takes_at_most_half_of_it(int tries, string expected)
    {
        var longest = TimeSpan.Parse(expected);

        Assert.Equal((longest, longest / 2), (new EventOptions().PauseAfter(tries, 0), new EventOptions().PauseAfter(tries, 1)));
    }

    [Fact]
    public void A_lease_must_outlast_the_call_it_is_for_and_the_longest_pause_the_first()
    {
        var options = new EventOptions
        {
            Timeout = TimeSpan.FromSeconds(60),
            FirstRetry = TimeSpan.FromMinutes(2),
            LongestRetry = TimeSpan.FromMinutes(1),
        };

        Assert.Equal(
            ["Events:Lease must be longer than Events:Timeout.", "Events:LongestRetry must not be shorter than Events:FirstRetry."],
            options.Validate(new ValidationContext(options)).Select(fault => fault.ErrorMessage));
        Assert.Empty(new EventOptions().Validate(new ValidationContext(options)));
    }
}
