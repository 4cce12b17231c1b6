using System.Text;
using Yaopai.Server.Knowledge;

namespace Yaopai.Tests.Knowledge;

public sealed class ContentTypesTests
{
    [Theory]
    [InlineData("%PDF-1.7", "application/pdf")]
    [InlineData("\u0089PNG\r\n\u001a\n", "image/png")]
    [InlineData("\u00ff\u00d8\u00ff\u00e0", "image/jpeg")]
    [InlineData("GIF89a", "image/gif")]
    [InlineData("RIFF1234WEBPVP8 ", "image/webp")]
    [InlineData("PK\u0003\u0004", "application/zip")]
    [InlineData("\u00d0\u00cf\u0011\u00e0\u00a1\u00b1\u001a\u00e1", "application/x-ole-storage")]
    [InlineData("....ftypisom", "video/mp4")]
    [InlineData("<html><script>alert(1)</script>", "text/plain")]
    [InlineData("MZ\u0090\0", "application/octet-stream")]
    [InlineData("\u00ff\u00fe", "application/octet-stream")]
    [InlineData("%PD", "text/plain")]
    public void A_file_is_what_its_first_bytes_say(string latin1, string type) =>
        Assert.Equal(type, ContentTypes.Of(Encoding.Latin1.GetBytes(latin1)));

    [Fact]
    public void A_text_may_be_cut_within_a_character()
    {
        foreach (var before in new[] { "", "x", "xx" })
        {
            var bytes = Encoding.UTF8.GetBytes(before + new string('文', 300));
            Assert.Equal(ContentTypes.Text, ContentTypes.Of(bytes.AsSpan(0, ContentTypes.Looked)));
            Assert.Equal(ContentTypes.Unknown, ContentTypes.Of(bytes.AsSpan(0, before.Length + 2)));
        }
    }
}
