using System.Net.Http.Headers;
using Yaopai.Errors;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>Requests that cannot be parsed: HTTP 400, whatever the operation, and nothing of them is used.</summary>
public sealed class MalformedRequestTests(SharedServer fixture) : MalformedRequestContract<HuaweiAccountCalls>(fixture)
{
    private HttpClient Http { get; } = fixture.Server.Http;

    [Theory]
    [InlineData("application/json")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded2")]
    [InlineData(null)]
    public async Task A_body_of_another_type_is_a_bad_request(string? contentType)
    {
        using var content = new ByteArrayContent("grant_type=client_credentials"u8.ToArray());
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        await (await Http.PostAsync("/huawei/oauth2/v3/token", content)).ShouldBeAsync(HuaweiAccountErrors.Token.BadRequest);
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded; charset=UTF-8")]
    [InlineData("Application/X-WWW-Form-Urlencoded;charset=\"utf-8\"")]
    public async Task Spellings_of_the_right_type_are_read(string contentType)
    {
        using var content = new ByteArrayContent("grant_type=x"u8.ToArray());
        content.Headers.TryAddWithoutValidation("Content-Type", contentType);

        await (await Http.PostAsync("/huawei/oauth2/v3/token", content)).ShouldBeAsync(HuaweiAccountErrors.Token.GrantTypeUnsupported);
    }

    [Fact]
    public async Task A_compressed_body_is_a_bad_request_and_not_read_as_what_it_is_not()
    {
        using var content = HuaweiCaller.Form([("grant_type", "client_credentials")]);
        content.Headers.ContentEncoding.Add("gzip");

        await (await Http.PostAsync("/huawei/oauth2/v3/token", content)).ShouldBeAsync(HuaweiAccountErrors.Token.BadRequest);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_a_mebibyte_is_a_bad_request(bool saysItsLength)
    {
        using var content = new StreamContent(new MemoryStream(new byte[(1024 * 1024) + 1]));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/huawei/oauth2/v3/token") { Content = content };
        request.Headers.TransferEncodingChunked = !saysItsLength;

        await (await Http.SendAsync(request)).ShouldBeAsync(HuaweiAccountErrors.Token.BadRequest);
    }

    [Theory]
    [InlineData("?token=a%")]
    [InlineData("?token=a&token=b")]
    public async Task A_broken_query_is_a_bad_request_too(string query)
    {
        // As it is: the client would mend the percent sign.
        var options = new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true };
        var uri = new Uri($"{Http.BaseAddress}huawei/oauth2/v3/revoke{query}", options);

        await (await Http.PostAsync(uri, null)).ShouldBeAsync(HuaweiAccountErrors.Revoke.BadRequest);
    }

    [Fact]
    public async Task A_parameter_in_query_and_form_may_say_one_thing_twice_but_not_two_things()
    {
        using var same = HuaweiCaller.Form([("grant_type", "x")]);
        await (await Http.PostAsync("/huawei/oauth2/v3/token?grant_type=x", same))
            .ShouldBeAsync(HuaweiAccountErrors.Token.GrantTypeUnsupported);

        using var other = HuaweiCaller.Form([("grant_type", "client_credentials")]);
        await (await Http.PostAsync("/huawei/oauth2/v3/token?grant_type=x", other)).ShouldBeAsync(HuaweiAccountErrors.Token.BadRequest);
    }

    [Theory]
    [InlineData("POST", "/huawei/oauth2/v3/certs?a=%zz&a=1&a=2")]
    [InlineData("GET", "/huawei/.well-known/openid-configuration?%")]
    public async Task What_takes_no_parameters_minds_none(string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);

        Assert.Equal(200, (int)(await Http.SendAsync(request)).StatusCode);
    }
}
