using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Tests.Upstreams.WeChat;

public sealed class PushMessageTests
{
    private const string Scan =
        """
        <xml><ToUserName><![CDATA[gh_demo]]></ToUserName><FromUserName><![CDATA[oA]]></FromUserName><CreateTime>1409735668</CreateTime>
        <MsgType><![CDATA[event]]></MsgType><Event><![CDATA[SCAN]]></Event><EventKey><![CDATA[abc]]></EventKey>
        <Ticket><![CDATA[gQ]]></Ticket></xml>
        """;

    private static readonly WeChatAccount s_plain = UpstreamNode.Account("https://unused.example") with
    {
        OriginalId = "gh_demo",
        PushToken = "pushtoken",
    };

    // The example that WeChat publishes beside its own decryption code.
    private static readonly WeChatAccount s_encrypted = s_plain with
    {
        WeChatAppId = "wx2c2769f8efd9abc2",
        OriginalId = "gh_10f6c3c3ac5a",
        PushToken = "spamtest",
        EncodingAesKey = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG",
    };

    private const string Encrypted =
        "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXpbUAh0B5GIItb52sn"
        + "896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlpKn6NPhRjpA912xMezR4kw6KWwMrCVKSV"
        + "CZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCum"
        + "EPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE=";

    [Fact]
    public void A_scan_and_a_follow_by_scan_name_their_scene()
    {
        var (outcome, message) = PushMessage.Read(s_plain, Signed(s_plain), Scan);
        var follow = Scan.Replace("SCAN", "subscribe").Replace("abc", "qrscene_abc");

        Assert.Equal(PushOutcome.Read, outcome);
        Assert.Equal(("oA", "abc", "gQ"), (message!.FromUserName, message.Scene, message.Ticket));
        Assert.Equal(1409735668, message.CreatedAt.ToUnixTimeSeconds());
        Assert.Equal("abc", PushMessage.Read(s_plain, Signed(s_plain), follow).Message!.Scene);
        Assert.Null(PushMessage.Read(s_plain, Signed(s_plain), Scan.Replace("SCAN", "subscribe")).Message!.Scene);
        Assert.Null(PushMessage.Read(s_plain, Signed(s_plain), Scan.Replace("SCAN", "CLICK")).Message!.Scene);
    }

    [Fact]
    public void The_published_example_of_the_encrypted_mode_opens()
    {
        var query = new PushQuery(
            PushSignature.Of("spamtest", "1409735669", "1320562132"), "1409735669", "1320562132",
            "5d197aaffba7e9b25a30732f161a50dee96bd5fa");

        var (outcome, message) = PushMessage.Read(s_encrypted, query, Envelope(Encrypted));

        Assert.Equal(PushOutcome.Read, outcome);
        Assert.Equal(("oyORnuP8q7ou2gfYjqLzSIWZf0rs", "text"), (message!.FromUserName, message.MessageType));
    }

    [Fact]
    public void What_was_encrypted_here_opens_here_whatever_its_length()
    {
        var cipher = new PushCipher(s_encrypted.EncodingAesKey!, s_encrypted.WeChatAppId);
        for (var length = 0; length < 70; length++)
        {
            var text = new string('好', length);
            Assert.Equal(text, cipher.Decrypt(cipher.Encrypt(text)));
        }
    }

    [Fact]
    public void Whoever_does_not_know_the_token_is_a_forger()
    {
        var good = Signed(s_plain);
        PushQuery[] forged =
        [
            good with { Signature = null },
            good with { Signature = "" },
            good with { Signature = new string('0', 40) },
            good with { Signature = good.Signature![..39] },
            good with { Timestamp = "1409735670" },
            good with { Nonce = "another" },
            good with { Timestamp = null, Nonce = null },
        ];

        Assert.All(forged, query => Assert.Equal(PushOutcome.Forged, PushMessage.Read(s_plain, query, Scan).Outcome));
        Assert.Equal(PushOutcome.Forged, PushMessage.Read(s_plain with { PushToken = null }, good, Scan).Outcome);
    }

    [Fact]
    public void With_a_key_only_what_is_encrypted_and_signed_as_such_is_taken()
    {
        var cipher = new PushCipher(s_encrypted.EncodingAesKey!, s_encrypted.WeChatAppId);
        var others = new PushCipher(new string('A', 43), s_encrypted.WeChatAppId);
        var otherApps = new PushCipher(s_encrypted.EncodingAesKey!, "wxanother");
        var good = cipher.Encrypt(Scan);

        Assert.Equal(PushOutcome.Forged, Read(Signed(s_encrypted), Scan));
        Assert.Equal(PushOutcome.Forged, Read(Signed(s_encrypted), Envelope(good)));
        Assert.Equal(PushOutcome.Forged, Read(Signed(s_encrypted, Encrypted), Envelope(good)));
        foreach (var bad in new[] { others.Encrypt(Scan), otherApps.Encrypt(Scan), "AAAA", "", "not base64", good[..^4] })
            Assert.Equal(PushOutcome.Forged, Read(Signed(s_encrypted, bad), Envelope(bad)));
        Assert.Equal(PushOutcome.OtherAccount, Read(Signed(s_encrypted, good), Envelope(good)));
        var nothing = cipher.Encrypt("nothing");
        Assert.Equal(PushOutcome.Malformed, Read(Signed(s_encrypted, nothing), Envelope(nothing)));

        static PushOutcome Read(PushQuery query, string body) => PushMessage.Read(s_encrypted, query, body).Outcome;
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("<xml/>")]
    [InlineData("<xml><ToUserName>gh_demo</ToUserName></xml>")]
    [InlineData("<html><ToUserName>gh_demo</ToUserName></html>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><xml><FromUserName>&a;</FromUserName></xml>")]
    [InlineData("<!DOCTYPE xml SYSTEM \"http://attacker.example/a.dtd\"><xml></xml>")]
    [InlineData("<!DOCTYPE xml [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><xml><FromUserName>&b;</FromUserName></xml>")]
    [InlineData("<xml><FromUserName>oA</FromUserName>")]
    public void A_body_that_WeChat_does_not_send_is_not_read(string body) =>
        Assert.Equal(PushOutcome.Malformed, PushMessage.Read(s_plain, Signed(s_plain), body).Outcome);

    [Fact]
    public void Nothing_may_be_said_twice_be_no_time_or_be_too_much()
    {
        string[] bodies =
        [
            Scan.Replace("</xml>", "<EventKey>other</EventKey></xml>"),
            Scan.Replace("1409735668", "soon"),
            Scan.Replace("1409735668", "99999999999999"),
            Scan.Replace("1409735668", "-1"),
            Scan.Replace("oA", new string('o', 129)),
            Scan.Replace("</xml>", new string(' ', PushMessage.LongestBody) + "</xml>"),
        ];

        Assert.All(bodies, body => Assert.Equal(PushOutcome.Malformed, PushMessage.Read(s_plain, Signed(s_plain), body).Outcome));
    }

    [Fact]
    public void A_push_for_another_account_is_told_apart() => Assert.Equal(
        PushOutcome.OtherAccount, PushMessage.Read(s_plain, Signed(s_plain), Scan.Replace("gh_demo", "gh_other")).Outcome);

    private static string Envelope(string encrypted) =>
        $"<xml><ToUserName><![CDATA[gh_any]]></ToUserName><Encrypt><![CDATA[{encrypted}]]></Encrypt></xml>";

    private static PushQuery Signed(WeChatAccount account, string? encrypted = null)
    {
        var token = account.PushToken!;
        return new(
            PushSignature.Of(token, "1409735669", "nonce"), "1409735669", "nonce",
            encrypted is null ? null : PushSignature.Of(token, "1409735669", "nonce", encrypted));
    }
}
