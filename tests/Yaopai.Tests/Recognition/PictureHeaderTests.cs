using Microsoft.Extensions.Options;
using Yaopai.Server.Recognition;

namespace Yaopai.Tests.Recognition;

public sealed class PictureHeaderTests
{
    /// <summary>Beginnings of pictures of 640 × 480, in hexadecimal.</summary>
    public static TheoryData<string, string> Beginnings { get; } = new()
    {
        { "PNG", "89504E470D0A1A0A0000000D4948445200000280000001E0" },
        { "JPEG", "FFD8FFE000104A46494600010100000100010000FFC000110801E00280" },
        { "JPEG with filling and a comment", "FFD8FFFFFE0004AABBFFC200110801E00280" },
        { "GIF", "474946383961800200010000002C000000008002E00100" },
        { "GIF with colours, a pause and a picture larger than its screen",
            "47494638396101000100800000000000FFFFFF21F90400000000002C000000008002E00100" },
        { "BMP", "424D0000000000000000000000002800000080020000E0010000" },
        { "BMP from top to bottom", "424D000000000000000000000000280000008002000020FEFFFF" },
        { "BMP of OS/2", "424D0000000000000000000000000C0000008002E00100000000" },
        { "WebP", "52494646000000005745425056503820000000000000009D012A8002E0010000" },
        { "lossless WebP", "5249464600000000574542505650384C000000002F7FC27700000000000000" },
        { "extended WebP", "5249464600000000574542505650385800000000000000007F0200DF0100000000" },
    };

    [Theory, MemberData(nameof(Beginnings))]
    public void The_size_stands_in_the_header_of_each_format(string format, string beginning)
    {
        Assert.NotEmpty(format);
        Assert.Equal((640, 480), PictureHeader.Read(Convert.FromHexString(beginning)));
    }

    [Theory, MemberData(nameof(Beginnings))]
    public void A_picture_that_ends_within_its_header_is_none(string format, string beginning)
    {
        Assert.NotEmpty(format);
        var bytes = Convert.FromHexString(beginning);
        for (var length = 0; length < 16; length++)
            Assert.Null(PictureHeader.Read(bytes.AsSpan(0, length)));
        for (var length = 16; length < bytes.Length; length++)
            Assert.True(PictureHeader.Read(bytes.AsSpan(0, length)) is null or (640, 480));
    }

    [Theory]
    [InlineData("")]
    [InlineData("/etc/passwd")] // a list of files, to the program that reads pictures
    [InlineData("%PDF-1.7 and more of it, to be long enough for every header")]
    [InlineData("II*\0 and more of it, to be long enough for every header")]
    public void What_is_in_another_format_is_no_picture(string text) =>
        Assert.Null(PictureHeader.Read(System.Text.Encoding.ASCII.GetBytes(text)));

    [Theory]
    [InlineData(15, 15, true)]
    [InlineData(14, 400, false)]
    [InlineData(400, 0, false)]
    [InlineData(8192, 2048, true)]
    [InlineData(8193, 100, false)]
    [InlineData(8000, 8000, false)]
    [InlineData(0xFFFFFFFF, 0xFFFFFFFF, false)]
    public void Only_pictures_within_the_limits_are_let_in(uint width, uint height, bool expected)
    {
        var png = Convert.FromHexString($"89504E470D0A1A0A0000000D49484452{width:X8}{height:X8}");
        Assert.Equal(expected, new Pictures(Options.Create(new RecognitionOptions())).Open(png) is not null);
    }
}
