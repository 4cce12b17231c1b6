using System.Text;
using Yaopai.Server.Journal;

namespace Yaopai.Tests.Journal;

public sealed class MaskingTests
{
    private const string Token = "DgEBAABo3X0Qm2Vw7Jt4hK9pLrTz8yUcN5sFqXaB6eWiOkGv";

    [Theory]
    [InlineData("client_id", "100000001")]
    [InlineData("grant_type", "authorization_code")]
    [InlineData("redirect_uri", "https://demo.example/callback")]
    [InlineData("scope", "openid profile email")]
    [InlineData("timestamp", "1785000000123")]
    [InlineData("openid", "oUpF8uMuAJO_M2pxb1Q9zNjWeS6o")]
    [InlineData("token_type", "Bearer")]
    [InlineData("app_name", "My app")]
    public void What_says_nothing_secret_stays_as_it_came(string name, string value) => Assert.Equal(value, Masking.Value(name, value));

    [Theory]
    [InlineData("client_secret", "d31000000000000000000000000000000000")]
    [InlineData("clientSecret", "d3100")]
    [InlineData("secret", "d3100")]
    [InlineData("password", "yaopai-demo")]
    [InlineData("new_password", "yaopai-demo")]
    [InlineData("access_key", "0123456789")]
    [InlineData("code_verifier", "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk")]
    [InlineData("session_secret", "0123456789abcdef")]
    [InlineData("phone", "13800138000")]
    [InlineData("mobileNumber", "+8613800138000")]
    [InlineData("email", "zhang@demo.example")]
    [InlineData("nickname", "张三")]
    [InlineData("real_name", "张三")]
    [InlineData("deptNameCn", "研发")]
    [InlineData("userNameCn", "张三")]
    [InlineData("id_card", "11010519491231002X")]
    [InlineData("birthday", "1949-12-31")]
    [InlineData("address", "1 Palace Road")]
    public void Of_a_secret_and_of_a_person_only_the_length_stays(string name, string value)
    {
        var masked = Masking.Value(name, value);

        Assert.Equal($"… ({value.Length} characters)", masked);
    }

    [Theory]
    [InlineData("access_token")]
    [InlineData("refresh_token")]
    [InlineData("id_token_hint")]
    [InlineData("code")]
    [InlineData("user_ticket")]
    [InlineData("X-Wlk-Authorization")]
    [InlineData("anything_else")]
    public void Two_tokens_can_be_told_apart_by_how_they_begin(string name)
    {
        var masked = Masking.Header(name, Token);

        Assert.Equal($"{Token[..6]}… ({Token.Length} characters)", masked);
    }

    [Theory]
    [InlineData("code", "123456", "… (6 characters)")]
    [InlineData("state", "call 13800138000 or zhang@demo.example", "call … or …")]
    [InlineData("state", "11010519491231002X", "…")]
    [InlineData("next", "https://a.example/cb?code=" + Token + "&state=s1", "https://a.example/cb?code=DgEBAA… (48 characters)&state=s1")]
    [InlineData("method", """[{"path":"/x","body":{"phone":"13800138000","uid":1}}]""",
        """[{"path":"/x","body":{"phone":"… (11 characters)","uid":1}}]""")]
    public void Values_are_looked_into(string name, string value, string expected) => Assert.Equal(expected, Masking.Value(name, value));

    [Theory]
    [InlineData("Authorization", "Bearer " + Token, "Bearer DgEBAA… (48 characters)")]
    [InlineData("Authorization", "Basic MTAwMDAwMDAxOmQzMTA=", "Basic … (20 characters)")]
    public void Of_a_header_the_scheme_stays(string name, string value, string expected) =>
        Assert.Equal(expected, Masking.Header(name, value));

    [Theory]
    [InlineData("application/json", """{"error":1101,"sub_error":20155,"error_description":"code expired"}""",
        """{"error":1101,"sub_error":20155,"error_description":"code expired"}""")]
    [InlineData("application/json", """{"code":"41301","message":"no"}""", """{"code":"41301","message":"no"}""")]
    [InlineData("application/json", """{"users":[{"name":"张三","phone":13800138000}]}""",
        """{"users":[{"name":"… (2 characters)","phone":"… (11 characters)"}]}""")]
    [InlineData("text/xml", "<r><uid>1</uid><uname>张三</uname><phone a=\"b\">13800138000</phone></r>",
        "<r><uid>1</uid><uname>… (2 characters)</uname><phone a=\"b\">… (11 characters)</phone></r>")]
    [InlineData("application/x-www-form-urlencoded", "client_secret=d3100&grant_type=refresh_token",
        "client_secret=… (5 characters)&grant_type=refresh_token")]
    [InlineData("image/png", "PNG", null)]
    [InlineData("text/html", "<p>张三</p>", null)]
    [InlineData("application/json", "no JSON", null)]
    public void A_body_is_kept_where_its_values_have_names(string type, string body, string? expected) =>
        Assert.Equal(expected, MaskedBody.Of(type, Encoding.UTF8.GetBytes(body), isAnswer: true, isWhole: true));

    [Fact]
    public void Of_a_body_whose_end_is_missing_the_beginning_is_masked_all_the_same() => Assert.Equal(
        """{"access_token":"DgEBAA… (48 characters)","list":[1,2""",
        MaskedBody.Of(
            "application/json", Encoding.UTF8.GetBytes($$"""{"access_token":"{{Token}}","list":[1,2,"thr"""),
            isAnswer: true, isWhole: false));

    [Theory]
    [InlineData("note", 511)]
    [InlineData("token", 5)]
    public void Nothing_is_cut_in_the_middle_of_a_character(string name, int before)
    {
        var masked = Masking.Value(name, new string(' ', before) + string.Concat(Enumerable.Repeat("🀄", 20)));

        Assert.DoesNotContain('\uFFFD', Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(masked)));
    }

    [Fact]
    public void A_long_body_is_cut()
    {
        var body = $$"""{"list":[{{string.Join(',', Enumerable.Range(0, 5000))}}]}""";

        Assert.Equal(
            MaskedBody.Longest + 1,
            MaskedBody.Of("application/json", Encoding.UTF8.GetBytes(body), isAnswer: true, isWhole: true)!.Length);
    }

    [Fact]
    public void A_long_value_is_cut_without_the_beginning_of_a_credential_at_its_end()
    {
        var value = string.Concat(Enumerable.Repeat($"{Token}{Token} ", 41)) + new string('x', 30) + Token + Token;

        Assert.DoesNotContain(Token[6..], Masking.Value("note", value), StringComparison.Ordinal);
        Assert.InRange(Masking.Value("note", new string(' ', 1_000_000)).Length, 500, 600);
    }
}
