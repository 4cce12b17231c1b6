using System.Text.Json;
using Yaopai.Errors;
using static Yaopai.Errors.ServiceErrorLevel;

namespace Yaopai.Tests.Errors;

public sealed class ServiceErrorCodeTests
{
    private static readonly ServiceErrorCode s_code = new(Service, 5, 17);

    [Theory]
    [InlineData("2-05-017")]
    [InlineData("205017")]
    public void A_code_is_read_with_and_without_dashes(string text)
    {
        Assert.Equal(s_code, ServiceErrorCode.Parse(text));
        Assert.True(ServiceErrorCode.TryParse(text, out var code));
        Assert.Equal(s_code, code);
    }

    [Fact]
    public void A_code_prints_both_ways()
    {
        Assert.Equal("2-05-017", $"{s_code}");
        Assert.Equal("205017", s_code.ToCompactString());
    }

    [Fact]
    public void Every_code_reads_back_as_it_prints() =>
        Assert.All(
            from level in new[] { ServiceErrorLevel.System, Service }
            from module in Enumerable.Range(1, 99)
            from number in new[] { 1, 10, 999 }
            select new ServiceErrorCode(level, module, number),
            code =>
            {
                Assert.Equal(code, ServiceErrorCode.Parse($"{code}"));
                Assert.Equal(code, ServiceErrorCode.Parse(code.ToCompactString()));
            });

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0-05-017")]
    [InlineData("3-05-017")]
    [InlineData("2-00-017")]
    [InlineData("2-05-000")]
    [InlineData("2-5-17")]
    [InlineData("2-05017")]
    [InlineData("2.05.017")]
    [InlineData("2-05-0170")]
    [InlineData(" 205017")]
    [InlineData("2-05--17")]
    [InlineData("20501x")]
    [InlineData("2-05-1\0\0")]
    [InlineData("2051\0\0")]
    [InlineData("2-5\0-017")]
    [InlineData("２０５０１７")]
    public void Anything_else_is_no_code(string? text) => Assert.False(ServiceErrorCode.TryParse(text, out _));

    [Fact]
    public void Parsing_says_how_a_code_is_written() =>
        Assert.Contains("2-05-017", Assert.Throws<FormatException>(() => ServiceErrorCode.Parse("17")).Message);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(3, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 100, 1)]
    [InlineData(1, 1, 0)]
    [InlineData(1, 1, 1000)]
    public void A_part_out_of_range_is_refused(int level, int module, int number) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceErrorCode((ServiceErrorLevel)level, module, number));

    [Fact]
    public void Codes_sort_by_level_then_module_then_number()
    {
        ServiceErrorCode[] sorted = [new(ServiceErrorLevel.System, 99, 999), new(Service, 1, 2), new(Service, 1, 10), new(Service, 2, 1)];

        Assert.Equal(sorted, sorted.Reverse().Order());
        Assert.True(sorted[0] < sorted[1] && sorted[2] > sorted[1]);
        Assert.True(s_code <= new ServiceErrorCode(Service, 5, 17) && s_code >= new ServiceErrorCode(Service, 5, 17));
    }

    [Fact]
    public void The_next_code_follows_the_highest_of_its_module_and_fills_no_gap()
    {
        ServiceErrorCode[] taken = [new(Service, 5, 1), new(Service, 5, 3), new(Service, 6, 2), new(ServiceErrorLevel.System, 5, 2)];

        Assert.Equal(new ServiceErrorCode(Service, 5, 4), ServiceErrorCode.Next(Service, 5, taken));
        Assert.Equal(new ServiceErrorCode(Service, 7, 1), ServiceErrorCode.Next(Service, 7, taken));
    }

    [Fact]
    public void Gaps_are_filled_when_999_is_taken() => Assert.Equal(
        new ServiceErrorCode(Service, 5, 2),
        ServiceErrorCode.Next(Service, 5, [new(Service, 5, 1), new(Service, 5, 999), new(Service, 5, 3)]));

    [Fact]
    public void In_JSON_a_code_is_a_text()
    {
        Assert.Equal("\"2-05-017\"", JsonSerializer.Serialize(s_code));
        Assert.Equal(s_code, JsonSerializer.Deserialize<ServiceErrorCode>("\"205017\""));
        Assert.Equal("{\"2-05-017\":1}", JsonSerializer.Serialize(new Dictionary<ServiceErrorCode, int> { [s_code] = 1 }));
        Assert.Equal(1, JsonSerializer.Deserialize<Dictionary<ServiceErrorCode, int>>("{\"2-05-017\":1}")![s_code]);
    }

    [Theory]
    [InlineData("205017")]
    [InlineData("\"2-05-000\"")]
    [InlineData("null")]
    [InlineData("\"0-00-000\"")]
    public void In_JSON_anything_else_is_refused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ServiceErrorCode>(json));

    [Fact]
    public void Modules_are_listed_in_order_with_their_next_number()
    {
        var modules = ServiceErrorModule.Of(
            [(s_code, "Orders"), (new(ServiceErrorLevel.System, 7, 1), "Till"), (new(Service, 5, 2), "Orders")]);

        Assert.Equal(["1-07 Till 1 1-07-002", "2-05 Orders 2 2-05-018"],
            modules.Select(module => $"{module} {module.Name} {module.Taken} {module.Next}"));
    }

    [Fact]
    public void A_full_module_has_no_next_code()
    {
        var taken = Enumerable.Range(1, 999).Select(number => new ServiceErrorCode(Service, 5, number)).ToList();

        Assert.Equal(taken[^1], ServiceErrorCode.Next(Service, 5, taken.SkipLast(1)));
        Assert.Contains("2-05", Assert.Throws<InvalidOperationException>(() => ServiceErrorCode.Next(Service, 5, taken)).Message);
    }

    [Fact]
    public void Duplicates_are_named_once_and_in_order()
    {
        var other = new ServiceErrorCode(Service, 5, 16);

        Assert.Equal([other, s_code], ServiceErrorCode.Duplicates([s_code, other, s_code, new(Service, 5, 1), s_code, other]));
        Assert.Empty(ServiceErrorCode.Duplicates([s_code, other]));
    }
}
