using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Tests.Upstreams.WeChat;

public sealed class OpenDataTests
{
    // The example that WeChat publishes beside its own decryption code.
    private const string AppId = "wx4f4bc4dec97d474b";
    private const string SessionKey = "tiihtNczf5v6AKRyjwEUhQ==";
    private const string Iv = "r7BXXKkLb8qrSNn05n0qiA==";
    private const string Data =
        "CiyLU1Aw2KjvrjMdj8YKliAjtP4gsMZMQmRzooG2xrDcvSnxIMXFufNstNGTyaGS9uT5geRa0W4oTOb1WT7fJlAC+oNPdbB+3hVbJSRgv+4lGOETKUQz6OYStslQ142d"
        + "NCuabNPGBzlooOmB231qMM85d2/fV6ChevvXvQP8Hkue1poOFtnEtpyxVLW1zAo6/1Xx1COxFvrc2d7UL/lmHInNlxuacJXwu0fjpXfz/YqYzBIBzD6WUfTIF9GRHpOn"
        + "/Hz7saL8xz+W//FRAUid1OksQaQx4CMs8LOddcQhULW4ucetDf96JcR3g0gfRK4PC7E/r7Z6xNrXd2UIeorGj5Ef7b1pJAYB6Y5anaHqZ9J6nKEBvB4DnNLIVWSgARns"
        + "/8wR2SiRS7MNACwTyrGvt9ts8p12PKFdlqYTopNHR1Vf7XjfhQlVsAJdNiKdYmYVoKlaRv85IfVunYzO0IKXsyl7JCUjCpoG20f0a04COwfneQAGGwd5oa+T8yO5hzuy"
        + "Db/XcxxmK01EpqOyuxINew==";

    [Fact]
    public void The_published_example_opens()
    {
        var opened = OpenData.Open(SessionKey, Iv, Data, AppId)!.Value;

        Assert.Equal("oGZUI0egBJY1zhBYw2KhdUfwVJJE", opened.GetProperty("openId").GetString());
        Assert.Equal("Band", opened.GetProperty("nickName").GetString());
        Assert.Equal("ocMvos6NjeKLIBqg5Mr9QjxrP1FA", opened.GetProperty("unionId").GetString());
        Assert.Equal(1477314187, opened.GetProperty("watermark").GetProperty("timestamp").GetInt64());
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAA==", Iv, Data, AppId)]
    [InlineData("short", Iv, Data, AppId)]
    [InlineData("", Iv, Data, AppId)]
    [InlineData(SessionKey, "AAAA", Data, AppId)]
    [InlineData(SessionKey, "not base64", Data, AppId)]
    [InlineData(SessionKey, Iv, "", AppId)]
    [InlineData(SessionKey, Iv, "AAAA", AppId)]
    [InlineData(SessionKey, Iv, "AAAAAAAAAAAAAAAAAAAAAA==", AppId)]
    [InlineData(SessionKey, Iv, "not base64", AppId)]
    [InlineData(SessionKey, Iv, Data, "wxanother")]
    public void Nothing_else_does(string sessionKey, string iv, string data, string appId) =>
        Assert.Null(OpenData.Open(sessionKey, iv, data, appId));

    [Theory]
    [InlineData("""{"phoneNumber":"1"}""")]
    [InlineData("""{"phoneNumber":"1","watermark":{"appid":"wxanother"}}""")]
    [InlineData("""{"phoneNumber":"1","watermark":"wx4f4bc4dec97d474b"}""")]
    [InlineData("""["wx4f4bc4dec97d474b"]""")]
    [InlineData("wx4f4bc4dec97d474b")]
    public void What_has_no_watermark_of_the_mini_program_does_not_open(string plain)
    {
        using var aes = Aes.Create();
        aes.Key = Convert.FromBase64String(SessionKey);
        var data = Convert.ToBase64String(aes.EncryptCbc(Encoding.UTF8.GetBytes(plain), Convert.FromBase64String(Iv)));

        Assert.Null(OpenData.Open(SessionKey, Iv, data, AppId));
    }

    [Fact]
    public void Not_one_changed_byte_goes_unnoticed_as_another_watermark()
    {
        var bytes = Convert.FromBase64String(Data);
        for (var at = bytes.Length - 64; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            var opened = OpenData.Open(SessionKey, Iv, Convert.ToBase64String(bytes), AppId);
            Assert.True(opened is null || opened.Value.GetProperty("watermark").GetProperty("appid").GetString() == AppId);
            bytes[at] ^= 1;
        }
    }
}
