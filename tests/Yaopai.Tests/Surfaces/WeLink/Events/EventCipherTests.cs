using Yaopai.Server.Surfaces.WeLink.Events;

namespace Yaopai.Tests.Surfaces.WeLink.Events;

public sealed class EventCipherTests
{
    /// <summary>The secret of the platform's own sample, which prints the two texts below.</summary>
    private const string Secret = "8cf860c0-30b7-4357-a104-fa627c59085d";

    [Fact]
    public void The_key_is_that_of_the_platforms_sample() =>
        Assert.Equal("A9FA4C15A4B95155709A41A4F6B78459", Convert.ToHexString(EventCipher.KeyOf(Secret)));

    [Theory]
    [InlineData(
        "PGkTPQrrTwlqBEu5pzPyxw==3BWfWmYTj67h5qdD4og6el7GrxaXHqm0gndcv/X8zK6j9ablMO+571LbjQWJJogcIunLPkJf9Yo4iHAP+QIB3KcihrLj3IHrRhbE8Ku"
        + "QvzCPVAo=",
        """{"eventType":"corpAuth","tenantId":"tenant","timestamp":1565167553}""")]
    [InlineData(
        "5wwd5oVCbwgvaGzE2W9vPg==kdG1FYbicMlNY77ALZdBtC1ylS0aF+jzff8iyq2Ro1SJqUQCTAG96hLp+A7OyX/Im8IoFQ1XtfE=",
        """{"timestamp":1565167553,"msg":"success"}""")]
    public void What_the_platforms_sample_printed_is_read(string encrypted, string expected) =>
        Assert.Equal(expected, EventCipher.Decrypt(Secret, encrypted));

    [Fact]
    public void What_is_encrypted_is_read_and_never_looks_the_same()
    {
        var (one, other) = (EventCipher.Encrypt(Secret, "一 text"), EventCipher.Encrypt(Secret, "一 text"));
        Assert.NotEqual(one, other);
        Assert.Equal("一 text", EventCipher.Decrypt(Secret, one));
        Assert.Equal("", EventCipher.Decrypt(Secret, EventCipher.Encrypt(Secret, "")));
    }

    [Theory]
    [InlineData("")]
    [InlineData("PGkTPQrrTwlqBEu5pzPyxw==")]
    [InlineData("PGkTPQrrTwlqBEu5pzPyxw==AAAA")]
    [InlineData("PGkTPQrrTwlqBEu5pzPyxw==no base64!")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAA3BWfWmYTj67h5qdD4og6el7GrxaXHqm0")]
    [InlineData("5wwd5oVCbwgvaGzE2W9vPg==kdG1FYbicMlNY77ALZdBtC1ylS0aF+jzff8iyq2Ro1SJqUQCTAG96hLp+A7OyX/Im8IoFQ1XtfI=")]
    public void What_was_not_encrypted_with_the_secret_is_not_read(string encrypted) =>
        Assert.Null(EventCipher.Decrypt(Secret, encrypted));

    [Fact]
    public void Another_secret_reads_nothing() => Assert.Null(EventCipher.Decrypt("another", EventCipher.Encrypt(Secret, "text")));
}
