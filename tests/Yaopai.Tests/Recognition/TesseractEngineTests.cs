using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Yaopai.Server.Recognition;

namespace Yaopai.Tests.Recognition;

/// <summary>The real program reads pictures that were rendered.</summary>
public sealed class TesseractEngineTests
{
    private static readonly TimeSpan s_long = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task A_business_card_is_read()
    {
        using var engine = Engine();
        var card = BusinessCard.Of((await engine.ReadAsync(Rendered.Open("card"), OcrLayout.Block, default))!);

        Assert.Equal(["韩梅梅"], card.Names);
        Assert.Equal(["产品总监"], card.Titles);
        Assert.Equal(["北京腰牌科技有限公司"], card.Companies);
        Assert.Equal(["研发部"], card.Departments);
        Assert.Equal(["13912345678"], card.Phones);
        Assert.Equal(["010-62345678"], card.Faxes);
        Assert.Equal(["hanmeimei@yaopai.example.com"], card.Mails);
        Assert.Equal(["北京市海淀区中关村大街27号"], card.Addresses);
        Assert.Equal(["100080"], card.Postcodes);
        Assert.True(card.IsLikely);
    }

    [Fact]
    public async Task A_table_is_read_into_rows_and_columns()
    {
        using var engine = Engine();
        var table = TableReading.Of((await engine.ReadAsync(Rendered.Open("table"), OcrLayout.Automatic, default))!);

        Assert.Equal((4, 3), (table.Rows, table.Columns));
        (int, int, string)[] expected =
        [
            (0, 0, "姓名"), (0, 1, "部门"), (0, 2, "工号"),
            (1, 0, "韩梅梅"), (1, 1, "研发部"), (1, 2, "10086"),
            (2, 0, "李雷"), (2, 1, "市场部"), (2, 2, "20371"),
            (3, 0, "林涛"), (3, 2, "30592"),
        ];
        Assert.Equal(expected, table.Cells.Select(cell => (cell.Row, Assert.Single(cell.Columns), cell.Segment.Text)));
        Assert.All(table.Cells, cell => Assert.InRange(cell.Segment.Confidence, 0.3, 1));
    }

    [Fact]
    public async Task An_identity_card_is_read_and_its_number_checked()
    {
        using var engine = Engine();
        var card = IdentityCard.Of((await engine.ReadAsync(Rendered.Open("id-card"), OcrLayout.Automatic, default))!, Storage.Samples.Noon);

        Assert.Equal(("韩梅梅", "女", "汉"), (card.Name, card.Sex, card.Ethnicity));
        Assert.Equal(("1949-12-31", "北京市海淀区中关村大街27号"), (card.Birth, card.Address));
        Assert.Equal("11010519491231002X", card.Number);
        Assert.True(card.IsFront);
    }

    [Fact]
    public async Task An_upright_picture_need_not_be_turned()
    {
        using var engine = Engine();
        Assert.Equal(0, (await engine.TurnAndReadAsync(Rendered.Open("card"), OcrLayout.Block, default)).Rotation);
    }

    [Fact]
    public async Task A_card_upside_down_is_turned_before_it_is_read()
    {
        using var engine = Engine();
        var (text, rotation) = await engine.TurnAndReadAsync(Rendered.Open("card-turned"), OcrLayout.Block, default);
        Assert.Equal(180, rotation);
        var card = BusinessCard.Of(text!);
        Assert.Equal(["韩梅梅"], card.Names);
        Assert.Equal(["产品总监"], card.Titles);
        Assert.Equal(["13912345678"], card.Phones);
    }

    [Theory]
    [InlineData(0, 10, 20, 40, 60)]
    [InlineData(90, 540, 10, 580, 40)]
    [InlineData(180, 960, 540, 990, 580)]
    [InlineData(270, 20, 960, 60, 990)]
    public void What_is_where_is_said_of_the_picture_upright(int rotation, int left, int top, int right, int bottom)
    {
        var picture = Rendered.Open("card") with { Rotation = rotation };
        Assert.Equal(new(left, top, right, bottom), new OcrBox(10, 20, 40, 60).UprightIn(picture));
    }

    [Fact]
    public async Task Without_the_program_nothing_is_read()
    {
        using var engine = Engine(options => options.Tesseract = "no-such-program-of-yaopai");
        Assert.Null(await engine.ReadAsync(Rendered.Open("card"), OcrLayout.Block, default));
    }

    [Fact]
    public async Task A_picture_that_is_only_a_header_is_not_read()
    {
        using var engine = Engine();
        var empty = new Picture(Rendered.Bytes("card").AsMemory(0, 30), 1000, 600);
        Assert.Null(await engine.ReadAsync(empty, OcrLayout.Block, default));
    }

    [Fact]
    public async Task With_too_little_memory_nothing_is_read()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Only Linux limits it.");
        using var engine = Engine(options => options.MaxMemoryBytes = 16 << 20);
        Assert.Null(await engine.ReadAsync(Rendered.Open("card"), OcrLayout.Block, default));
    }

    [Fact]
    public async Task A_program_that_hangs_is_killed_with_what_it_started()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in is a shell script.");
        var folder = Directory.CreateTempSubdirectory("yaopai-ocr-");
        try
        {
            var program = Path.Combine(folder.FullName, "hang");
            var seconds = $"9{Random.Shared.Next(1_000_000, 9_999_999)}";
            await File.WriteAllTextAsync(program, $"#!/bin/sh\nsleep {seconds} &\nsleep {seconds}\n");
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            using var engine = Engine(options => (options.Tesseract, options.Timeout) = (program, TimeSpan.FromSeconds(2)));
            var reading = engine.ReadAsync(Rendered.Open("card"), OcrLayout.Block, default);
            await Storage.Eventually.HoldsAsync(() => Task.FromResult(Sleepers(seconds) is 2));

            Assert.Null(await reading);
            await Storage.Eventually.HoldsAsync(() => Task.FromResult(Sleepers(seconds) is 0));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_program_sees_none_of_the_servers_keys()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in is a shell script.");
        var folder = Directory.CreateTempSubdirectory("yaopai-ocr-");
        try
        {
            var program = Path.Combine(folder.FullName, "tell");
            await File.WriteAllTextAsync(program, """
                #!/bin/sh
                cat > /dev/null
                printf 'level\tpage\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\t90\t%s\n' "$(env | cut -d= -f1 | sort | tr '\n' ',')"
                """);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
            Environment.SetEnvironmentVariable("YAOPAI_ProbeOfTheEnvironment", "1");
            using var engine = Engine(options => options.Tesseract = program);
            var told = (await engine.ReadAsync(Rendered.Open("card"), OcrLayout.Block, default))!.Lines[0].Text;
            Assert.Contains("OMP_THREAD_LIMIT", told);
            Assert.DoesNotContain("YAOPAI", told);
        }
        finally
        {
            Environment.SetEnvironmentVariable("YAOPAI_ProbeOfTheEnvironment", null);
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("no table")]
    [InlineData("level\tpage\n5\t1\t1")]
    [InlineData("level\tpage\n5\t1\t1\t1\t1\t1\t-3\t0\t9\t9\t90\ttext")]
    [InlineData("level\tpage\n5\t1\t1\t1\t1\t1\t0\t0\t9\t9\tsure\ttext")]
    public void An_answer_that_is_no_table_of_words_is_not_believed(string table) =>
        Assert.Null(TesseractTsv.Read(table, Rendered.Open("card")));

    private static int Sleepers(string seconds) => Directory.GetDirectories("/proc").Count(folder =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(folder, "cmdline")) == $"sleep\0{seconds}\0";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // it is no process, or it has ended
        }
    });

    private static TesseractEngine Engine(Action<RecognitionOptions>? configure = null)
    {
        var options = new RecognitionOptions { Timeout = s_long };
        configure?.Invoke(options);
        return new(Options.Create(options), TimeProvider.System, NullLogger<TesseractEngine>.Instance);
    }
}
