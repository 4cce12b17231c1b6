using Yaopai.Errors;

namespace Yaopai.Tests.Errors;

public sealed class ErrorExplanationTests
{
    private static readonly ErrorDefinition s_error = HuaweiAccountErrors.Token.CodeExpired with
    {
        Http = 400,
        Zh = "code过期。",
        En = "The code has expired.",
        RemedyZh = "重新获取code。",
        RemedyEn = "Get a new code.",
        Retry = Retry.Renew,
        Audience = Audience.Caller,
        Beyond = false,
    };

    [Fact]
    public void English_says_meaning_remedy_retry_audience_form_and_page() => Assert.Equal(
        """
        1101/20155  HuaweiAccount.Token.CodeExpired

          Meaning:  The code has expired.
          Remedy:   Get a new code.
          Retry:    after getting a new credential
          Fixed by: the caller's developer
          Sent as:  HTTP 400, error/sub_error 1101/20155
          See:      /errors/huawei/20155

        """.ReplaceLineEndings("\n"), ErrorExplanation.Of(s_error, ExplanationLanguage.En));

    [Fact]
    public void N13_what_the_catalogue_lists_is_a_list() => Assert.StartsWith(
        """
        1101/20155  HuaweiAccount.Token.CodeExpired

          Meaning:  It ended. Possible causes:
            - It is old.
            - It was used.
          Remedy:   - Look.
            - Ask.
          Retry:
        """.ReplaceLineEndings("\n"), ErrorExplanation.Of(
            s_error with { En = "It ended. Possible causes: ; It is old. ; It was used.", RemedyEn = "Look. ; Ask." },
            ExplanationLanguage.En));

    [Fact]
    public void Chinese_says_the_same() => Assert.Equal(
        """
        1101/20155  HuaweiAccount.Token.CodeExpired

          含义：code过期。
          处理：重新获取code。
          重试：先获取新的凭证，再重试
          责任：调用方开发者
          返回：HTTP 400，error/sub_error 1101/20155
          文档：/errors/huawei/20155

        """.ReplaceLineEndings("\n"), ErrorExplanation.Of(s_error, ExplanationLanguage.Zh));

    [Fact]
    public void Both_is_one_after_the_other_under_one_heading()
    {
        var (zh, en) = (ErrorExplanation.Of(s_error, ExplanationLanguage.Zh), ErrorExplanation.Of(s_error, ExplanationLanguage.En));

        Assert.Equal(zh + en[(en.IndexOf('\n') + 1)..], ErrorExplanation.Of(s_error));
    }

    [Fact]
    public void A_bare_status_is_said_once()
    {
        var text = ErrorExplanation.Of(s_error with { Channel = "http", Parent = "", Code = "503", Http = 503 });

        Assert.Contains("返回：HTTP 503\n", text);
        Assert.Contains("Sent as:  HTTP 503\n", text);
    }

    [Fact]
    public void What_the_documents_do_not_list_says_so_and_a_foreign_error_has_no_page()
    {
        var text = ErrorExplanation.Of(s_error with { Surface = "Shop", Beyond = true });

        Assert.Contains("not listed in the surface's documents", text);
        Assert.Contains("官方文档未列出", text);
        Assert.DoesNotContain("/errors/", text);
    }

    [Theory]
    [InlineData(Retry.No, "请先修改请求", "not before the request is changed")]
    [InlineData(Retry.Later, "稍后", "after a pause")]
    [InlineData(Retry.User, "有人", "after a person has acted")]
    public void Each_way_to_retry_has_its_words(Retry retry, string zh, string en)
    {
        var text = ErrorExplanation.Of(s_error with { Retry = retry });

        Assert.Contains(zh, text);
        Assert.Contains(en, text);
    }

    [Theory]
    [InlineData(Audience.User, "责任：用户", "the user")]
    [InlineData(Audience.Operator, "平台运营方", "the platform's operator")]
    public void Each_audience_has_its_words(Audience audience, string zh, string en)
    {
        var text = ErrorExplanation.Of(s_error with { Audience = audience });

        Assert.Contains(zh, text);
        Assert.Contains(en, text);
    }
}
