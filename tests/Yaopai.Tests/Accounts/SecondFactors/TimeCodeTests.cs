using System.Text;
using Yaopai.Server.Accounts.SecondFactors;

namespace Yaopai.Tests.Accounts.SecondFactors;

public sealed class TimeCodeTests
{
    private static readonly byte[] s_secret = Encoding.ASCII.GetBytes("12345678901234567890");

    /// <summary>RFC 6238, appendix B, of which six digits are the last six.</summary>
    [Theory]
    [InlineData(59L, "287082")]
    [InlineData(1111111109L, "081804")]
    [InlineData(1111111111L, "050471")]
    [InlineData(1234567890L, "005924")]
    [InlineData(2000000000L, "279037")]
    [InlineData(20000000000L, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(seconds);

        Assert.Equal(code, TimeCode.At(s_secret, TimeCode.StepAt(now)));
        Assert.Equal(TimeCode.StepAt(now), TimeCode.Match(s_secret, code, now));
    }

    [Theory]
    [InlineData(-2, false)]
    [InlineData(-1, true)]
    [InlineData(0, true)]
    [InlineData(1, true)]
    [InlineData(2, false)]
    public void A_code_is_good_one_step_before_its_time_and_one_after(int steps, bool isGood)
    {
        var now = DateTimeOffset.FromUnixTimeSeconds(1234567890);
        var step = TimeCode.StepAt(now) + steps;

        Assert.Equal(isGood ? step : null, TimeCode.Match(s_secret, TimeCode.At(s_secret, step), now));
    }

    [Theory]
    [InlineData("")]
    [InlineData("00592")]
    [InlineData("0059240")]
    [InlineData("００５９２４")] // in half width, where a person's own typing is read
    public void What_is_no_code_matches_nothing(string typed) =>
        Assert.Null(TimeCode.Match(s_secret, typed, DateTimeOffset.FromUnixTimeSeconds(1234567890)));

    [Fact]
    public void A_secret_is_read_as_it_is_written()
    {
        var secret = TimeCode.NewSecret();

        Assert.Equal(20, secret.Length);
        Assert.Equal(secret, TimeCode.TryReadSecret(TimeCode.TextOf(secret)));
        Assert.Equal("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ", TimeCode.TextOf(s_secret));
        Assert.Equal(s_secret, TimeCode.TryReadSecret("gezd gnbv gy3t qojq gezd gnbv gy3t qojq"));
    }

    [Theory]
    [InlineData("GEZDGNBV")]
    [InlineData("GEZDGNBVGY3TQOJ1")]
    [InlineData("GEZDGNBVGY3TQOJ\u0130")]
    [InlineData("====================")]
    public void What_is_no_secret_is_none(string text) => Assert.Null(TimeCode.TryReadSecret(text));

    [Fact]
    public void An_app_reads_issuer_account_and_secret_from_one_address() => Assert.Equal(
        "otpauth://totp/My%20Company:%E5%B0%8F%E6%98%8E%3F?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=My%20Company"
        + "&algorithm=SHA1&digits=6&period=30",
        TimeCode.AddressOf(s_secret, "My Company", "小明?"));
}
