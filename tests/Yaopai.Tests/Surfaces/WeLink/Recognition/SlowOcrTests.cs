using Yaopai.Tests.Http;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Tests.Surfaces.WeLink.Recognition;

/// <summary>A program that reads slowly, and finds out as slowly how a picture is turned.</summary>
public sealed class SlowOcrTests(SlowOcrTests.SlowServer fixture) : IClassFixture<SlowOcrTests.SlowServer>
{
    [Fact]
    public async Task What_takes_too_long_in_two_steps_is_an_engine_that_is_away()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The stand-in is a shell script.");
        var caller = await WeLinkCaller.OfAppAsync(fixture.Server, await fixture.Server.NewAppAsync());
        var image = Convert.ToBase64String(Yaopai.Tests.Recognition.Rendered.Bytes("card"));

        await (await caller.PostAsync("/api/aiservice/v1/ocr/web-image", new { image, detectDirection = true }))
            .ShouldBeAsync(E.OcrUnavailable);
    }

    public sealed class SlowServer : ServerFixture
    {
        private readonly string _program = Path.Combine(Directory.CreateTempSubdirectory("yaopai-ocr-").FullName, "slow");

        protected override (string Key, string Value)[] Settings
        {
            get
            {
                File.WriteAllText(_program, "#!/bin/sh\ncat > /dev/null\nsleep 3\n");
                if (!OperatingSystem.IsWindows())
                    File.SetUnixFileMode(_program, UnixFileMode.UserRead | UnixFileMode.UserExecute);
                return
                [
                    ("Recognition:Tesseract", _program), ("Recognition:Timeout", "00:00:04"), ("Gateway:Deadline", "00:01:00"),
                ];
            }
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            Directory.Delete(Path.GetDirectoryName(_program)!, recursive: true);
        }
    }
}
