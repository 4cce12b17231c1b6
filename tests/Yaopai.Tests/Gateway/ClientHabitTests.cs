using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Yaopai.Tests.Hosting.Tls;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Gateway;

/// <summary>What real clients send: whoever is right is not turned away for how they say it, on any surface.</summary>
public sealed class ClientHabitTests(TlsServer fixture) : IClassFixture<TlsServer>
{
    private const string Form = "application/x-www-form-urlencoded";
    private const string Json = "application/json";
    private const string Secret = "d3100000000000000000000000000000000000000000000000000000000000d1";
    private const string Client = $"client_id=100000001&client_secret={Secret}";

    private const string Authorize = "&response_type=code&client_id=100000001&redirect_uri=https://demo.example/callback";

    private HttpClient Http => fixture.Server.Http;

    /// <param name="Marker">What a good answer holds.</param>
    internal sealed record Good(string Path, string Type, string Body, string Marker, string? Token = null);

    public static TheoryData<string> Calls { get; } =
    [
        "huawei token", "huawei quickLogin", "huawei riskLevel", "huawei batchGet", "huawei getInfo", "open token", "open method",
        "open batch", "identity form", "identity json", "welink ticket", "sandbox",
    ];

    private static readonly string[] s_charsets =
        ["ISO-8859-1", "utf8", "US-ASCII", "GBK", "windows-1252", "", "\"gb2312\"", "UTF-8; version=1"];

    [Theory, MemberData(nameof(Calls))]
    public async Task FC_01_a_body_over_http2_needs_no_length(string name)
    {
        var good = await PrepareAsync(name);
        var content = good.Type is Json
            ? JsonContent.Create(JsonDocument.Parse(good.Body).RootElement)
            : (HttpContent)new Unmeasured(Encoding.UTF8.GetBytes(good.Body), good.Type);

        Assert.Null(content.Headers.ContentLength);

        using var response = await SendAsync(good, content, HttpVersion.Version20);

        await ShouldBeGoodAsync(good, response);
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task FC_01_so_it_is_in_chunks_over_http1(string name)
    {
        var good = await PrepareAsync(name);

        await ShouldBeGoodAsync(
            good, await SendAsync(good, new Unmeasured(Encoding.UTF8.GetBytes(good.Body), good.Type), HttpVersion.Version11));
    }

    [Fact]
    public async Task FC_01_a_body_that_turns_out_to_be_empty_is_none()
    {
        var address = Address($"/huawei/oauth2/v3/token?{Client}&grant_type=client_credentials");
        using var request = new HttpRequestMessage(HttpMethod.Post, address)
        {
            Content = new Unmeasured([], type: null),
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        using var client = fixture.Client();

        Assert.Equal(HttpStatusCode.OK, (await client.SendAsync(request)).StatusCode);
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task FC_02_a_body_of_ASCII_is_read_whatever_charset_is_declared(string name)
    {
        foreach (var charset in s_charsets)
        {
            var good = await PrepareAsync(name);
            await ShouldBeGoodAsync(good, await PostAsync(good, Encoding.UTF8.GetBytes(good.Body), $"{good.Type}; charset={charset}"));
        }
    }

    [Theory]
    [InlineData("/huawei/oauth2/v3/token", Form, "grant_type=client_credentials&state=\u00e9")]
    [InlineData("/open/oauth/2.0/token", Form, "grant_type=client_credentials&state=\u00e9")]
    [InlineData("/huawei/oauth2/v6/quickLogin/getPhoneNumber", Json, "{\"code\":\"\u00e9\"}")]
    public async Task FC_02_octets_that_are_not_UTF_8_are_refused_whatever_is_declared(string path, string type, string body)
    {
        var good = new Good(path, type, body, "");

        using var refused = await PostAsync(good, Encoding.Latin1.GetBytes(body), $"{type}; charset=ISO-8859-1");

        Assert.Contains("no UTF-8", ReasonOf(refused), StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(Calls))]
    public async Task FC_12_a_byte_order_mark_says_nothing(string name)
    {
        var good = await PrepareAsync(name);

        await ShouldBeGoodAsync(good, await PostAsync(good, [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(good.Body)], good.Type));
    }

    [Fact]
    public async Task FC_12_nor_does_one_before_JSON_in_a_parameter()
    {
        var good = await PrepareAsync("open batch");

        await ShouldBeGoodAsync(good, await PostAsync(
            good, Encoding.UTF8.GetBytes(good.Body.Replace("method=", "method=%EF%BB%BF", StringComparison.Ordinal)), good.Type));
    }

    [Theory]
    [InlineData("/huawei/oauth2/v3/token", "multipart/form-data; boundary=x", "--x--",
        "the body is multipart/form-data; boundary=x; application/x-www-form-urlencoded is read here")]
    [InlineData("/huawei/oauth2/v3/token", null, "a=b", "the body is of no Content-Type; application/x-www-form-urlencoded is read here")]
    [InlineData("/open/oauth/2.0/token", Json, "{}", "the body is application/json; application/x-www-form-urlencoded is read here")]
    [InlineData("/identity/oauth2/client_token", "text/plain", "a",
        "the body is text/plain; application/x-www-form-urlencoded or application/json is read here")]
    [InlineData("/huawei/oauth2/v3/token", Form, "a=b&client_secret=%zz",
        "parameter 2 of the form holds a percent sign without two hexadecimal digits")]
    [InlineData("/open/rest/2.0/passport/users/getInfo", Form, "uid=%00", "parameter 1 of the form holds a NUL")]
    [InlineData("/huawei/oauth2/v3/token?client_id=1&client_id=2", Form, "", "client_id stands more than once")]
    [InlineData("/open/oauth/2.0/token?client_id=1", Form, "client_id=2", "client_id stands in query and body, with two values")]
    [InlineData("/huawei/oauth2/v6/quickLogin/getPhoneNumber", Json, "{\"a\":", "the body is no JSON at line 1, byte")]
    [InlineData("/huawei/oauth2/v6/quickLogin/getPhoneNumber", Json, "[]", "the body is JSON of the kind Array; an object is read")]
    [InlineData("/huawei/oauth2/v6/quickLogin/getPhoneNumber", Json, "{\"a\":1,\"a\":2}", "a name stands twice in an object of the body")]
    [InlineData("/huawei/oauth2/v6/quickLogin/getPhoneNumber", "text/json", "{}", "the body is text/json; application/json is read here")]
    [InlineData("/welink/api/auth/v2/tickets", Json, "x", "the body is no JSON at line 1, byte 1")]
    public async Task FC_13_a_request_that_cannot_be_read_is_refused_with_the_reason_in_the_log(
        string path, string? type, string body, string expected)
    {
        using var refused = await PostAsync(new Good(path, "", body, ""), Encoding.UTF8.GetBytes(body), type);

        Assert.Contains(expected, ReasonOf(refused), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/HUAWEI/oauth2/v3/token", "/huawei/oauth2/v3/token")]
    [InlineData("/Open/oauth/2.0/token", "/open/oauth/2.0/token")]
    [InlineData("/oauth2/v3/token", "/huawei/oauth2/v3/token")]
    [InlineData("//huawei/oauth2/v3/token", "/huawei/oauth2/v3/token")]
    [InlineData("/health", "/healthz")]
    public async Task FC_14_an_address_that_is_none_names_the_nearest(string asked, string nearest)
    {
        using var response = await Http.PostAsync(new Uri(Http.BaseAddress!.GetLeftPart(UriPartial.Authority) + asked), null);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal(
            $"There is no {asked}; the nearest address is {nearest}.", (await response.JsonAsync()).GetProperty("detail").GetString());
        Assert.Contains(fixture.Server.Log.Lines, line => line.Contains($"the nearest address is {nearest}", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/huawei//oauth2/v3/token", "/oauth2/v3/token")]
    [InlineData("/huawei/oauth2//v3/token/", "/oauth2/v3/token")]
    [InlineData("/huawei/OAuth2/V3/Token", "/oauth2/v3/token")]
    [InlineData("/open/oauth/2.0//token", "/oauth/2.0/token")]
    [InlineData("/welink/api/auth/v2/tickets/", "/api/auth/v2/tickets")]
    [InlineData("/identity/oauth2//client_token", "/oauth2/client_token")]
    public async Task FC_14_so_does_one_of_a_surface(string asked, string nearest)
    {
        using var response = await Http.PostAsync(asked, null);

        Assert.EndsWith($"the nearest is {nearest} ", ReasonOf(response));
    }

    [Fact]
    public async Task FC_14_what_was_asked_for_makes_no_line_of_its_own()
    {
        using var response = await Http.PostAsync("/huawei/oauth2%0aInformation%20forged", null);

        Assert.DoesNotContain("\n", ReasonOf(response), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/healthz")]
    [InlineData("/readyz")]
    [InlineData("/huawei/.well-known/openid-configuration")]
    [InlineData("/huawei/oauth2/v3/certs")]
    [InlineData("/huawei/v1beta/public/risc/.well-known/risc-configuration")]
    [InlineData("/huawei/oauth2/v3/authorize?scope=openid" + Authorize)]
    [InlineData("/open/oauth/2.0/authorize?scope=basic" + Authorize)]
    [InlineData("/open/rest/2.0/iplib/query?client_id=100000001&ip=127.0.0.1")]
    [InlineData("/identity/oauth2/authorize?scope=snsapi_base" + Authorize)]
    [InlineData("/welink/sso/oauth2/authorize?scope=backendlogin" + Authorize)]
    [InlineData("/sandbox")]
    [InlineData("/sandbox/clock")]
    [InlineData("/errors")]
    public async Task FC_30_HEAD_is_GET_without_a_body(string path)
    {
        foreach (var version in (Version[])[HttpVersion.Version11, HttpVersion.Version20])
        {
            using var client = new HttpClient(Handler()) { BaseAddress = fixture.Server.HttpsAddress };
            using var get = await client.SendAsync(Request(HttpMethod.Get));
            using var head = await client.SendAsync(Request(HttpMethod.Head));

            Assert.True((int)get.StatusCode < 400, $"{get.StatusCode}");
            Assert.Equal(get.StatusCode, head.StatusCode);
            Assert.Equal(get.Content.Headers.ContentType, head.Content.Headers.ContentType);
            Assert.Empty(await head.Content.ReadAsByteArrayAsync());

            HttpRequestMessage Request(HttpMethod method) => new(method, path)
            {
                Version = version,
                VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            };
        }
    }

    [Theory]
    [InlineData("GET /healthz HTTP/1.0\r\n\r\n", "ok")]
    [InlineData("GET /huawei/oauth2/v3/certs HTTP/1.0\r\n\r\n", "\"keys\"")]
    [InlineData("GET /sandbox HTTP/1.0\r\n\r\n", "\"apps\"")]
    [InlineData("GET /open/oauth/2.0/token?grant_type=client_credentials&" + Client + " HTTP/1.0\r\n\r\n", "access_token")]
    [InlineData(
        "GET /identity/oauth2/client_token?grant_type=client_credential&appid=100000001&secret=" + Secret + " HTTP/1.0\r\n\r\n",
        "access_token")]
    [InlineData("POST /huawei/oauth2/v3/token HTTP/1.0\r\nContent-Type: " + Form + "\r\nContent-Length: 128\r\n\r\n"
        + "grant_type=client_credentials&" + Client, "access_token")]
    public async Task Requests_of_HTTP_1_0_are_answered(string request, string expected)
    {
        using var connection = await RawConnection.OpenAsync(fixture.Server.Address);
        await connection.SendAsync(request);

        var answer = await connection.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200", answer);
        Assert.Contains(expected, answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FC_65_a_client_id_that_is_a_number_where_texts_are_read_is_refused_by_name()
    {
        var good = await PrepareAsync("huawei quickLogin");
        var body = good.Body.Replace("\"100000001\"", "100000001", StringComparison.Ordinal);

        using var refused = await PostAsync(good, Encoding.UTF8.GetBytes(body), Json);

        Assert.Contains("clientId is of the kind Number; a text is read", ReasonOf(refused), StringComparison.Ordinal);
    }

    [Fact]
    public async Task L10_every_answer_says_nosniff()
    {
        foreach (var path in (string[])["/huawei/oauth2/v3/certs", "/huawei/nothing", "/open/oauth/2.0/token", "/identity/oauth2/me",
            "/welink/api/auth/v2/tickets", "/sandbox", "/nothing", "/healthz", "/errors", "/sign-in"])
            Assert.Equal("nosniff", (await Http.GetAsync(path)).Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Theory]
    [InlineData("/huawei/oauth2/v3/token")]
    [InlineData("/open/oauth/2.0/token")]
    [InlineData("/identity/oauth2/client_token")]
    public async Task L9_what_needs_a_kilobyte_reads_no_mebibyte(string path)
    {
        var good = new Good(path, Form, "", "");

        using var refused = await PostAsync(good, Encoding.ASCII.GetBytes("a=" + new string('b', 257 * 1024)), Form);

        Assert.Contains("the body is larger than 262144 bytes", ReasonOf(refused), StringComparison.Ordinal);
    }

    private async Task<Good> PrepareAsync(string name)
    {
        var huawei = new HuaweiCaller(fixture.Server);
        return name switch
        {
            "huawei token" => new("/huawei/oauth2/v3/token", Form, $"grant_type=client_credentials&{Client}", "access_token"),
            "huawei quickLogin" => new("/huawei/oauth2/v6/quickLogin/getPhoneNumber", Json, JsonSerializer.Serialize(
                new { code = await huawei.OneTapCodeAsync(), clientId = "100000001", clientSecret = Secret }), "phoneNumber"),
            "huawei riskLevel" => new("/huawei/user/getuserrisklevel?clientID=100000001&transactionID=202603011200001234567890", Json,
                JsonSerializer.Serialize(new
                {
                    accessToken = (await huawei.SignInAsync("mainland", "openid riskLevel")).Access,
                    scene = "registration",
                }), "riskLevel"),
            "huawei batchGet" => new("/huawei/oauth2/v6/groupUnionId/batchGet", Json, """{"openIdList":["unknown"]}""",
                "openIdToGroupUnionIdList", await huawei.AppTokenAsync()),
            "huawei getInfo" => new("/huawei/rest.php?nsp_svc=GOpen.User.getInfo", Form,
                $"access_token={Uri.EscapeDataString((await huawei.SignInAsync()).Access)}", "openID"),
            "open token" => new("/open/oauth/2.0/token", Form, $"grant_type=client_credentials&{Client}", "access_token"),
            "open method" => new("/open/rest/2.0/passport/users/getLoggedInUser", Form,
                $"access_token={(await new OpenCaller(fixture.Server).TokensAsync()).Access}", "uid"),
            "open batch" => new("/open/batch/run", Form,
                $"access_token={(await new OpenCaller(fixture.Server).TokensAsync()).Access}&method="
                + Uri.EscapeDataString("""[{"path":"/rest/2.0/passport/users/getLoggedInUser"}]"""), "uid"),
            "identity form" => new("/identity/oauth2/client_token", Form,
                $"grant_type=client_credential&appid=100000001&secret={Secret}", "access_token"),
            "identity json" => new("/identity/oauth2/client_token", Json,
                JsonSerializer.Serialize(new { grant_type = "client_credential", appid = "100000001", secret = Secret }), "access_token"),
            "welink ticket" => new("/welink/api/auth/v2/tickets", Json,
                JsonSerializer.Serialize(new { client_id = "100000001", client_secret = Secret }), "access_token"),
            "sandbox" => new("/sandbox/authorize", Json,
                JsonSerializer.Serialize(new { surface = "huawei", client_id = 100000001, user = "mainland" }), "code"),
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
    }

    private Task<HttpResponseMessage> PostAsync(Good good, byte[] body, string? type)
    {
        var content = new ByteArrayContent(body);
        if (type is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        var request = new HttpRequestMessage(HttpMethod.Post, good.Path) { Content = content };
        if (good.Token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Http.SendAsync(request);
    }

    private async Task<HttpResponseMessage> SendAsync(Good good, HttpContent content, Version version)
    {
        using var client = new HttpClient(Handler());
        using var request = new HttpRequestMessage(HttpMethod.Post, Address(good.Path))
        {
            Content = content,
            Version = version,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        if (good.Token is { } token)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await client.SendAsync(request);
    }

    private Uri Address(string path) => new(fixture.Server.HttpsAddress, path);

    private static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        SslOptions = TestCertificate.Shared.Trust(TestCertificate.Host),
    };

    private static async Task ShouldBeGoodAsync(Good good, HttpResponseMessage response)
    {
        var body = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode is HttpStatusCode.OK && body.Contains($"\"{good.Marker}\"", StringComparison.Ordinal), body);
    }

    /// <summary>What the one line of the log says of a refusal.</summary>
    private string ReasonOf(HttpResponseMessage response)
    {
        var id = response.Headers.GetValues("X-Request-Id").Single();
        var line = Assert.Single(fixture.Server.Log.Lines, line => line.Contains($"request {id}", StringComparison.Ordinal));
        Assert.StartsWith("Information ", line);
        Assert.DoesNotContain("the error says it", line, StringComparison.Ordinal);
        return line;
    }

    /// <summary>A body whose length is not known before it was sent.</summary>
    private sealed class Unmeasured : HttpContent
    {
        private readonly byte[] _body;

        public Unmeasured(byte[] body, string? type)
        {
            _body = body;
            if (type is not null)
                Headers.ContentType = new MediaTypeHeaderValue(type);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_body).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
