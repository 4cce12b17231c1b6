using System.Text;
using System.Xml.Linq;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Formats;

/// <summary>The forms of an answer: JSON, JSON for a script, XML; and the settings that change them.</summary>
public sealed class AnswerFormatTests(SharedServer fixture)
{
    private const string Query = "/open/public/2.0/iplib/query?client_id=100000001&ip=192.0.2.1";

    private HttpClient Http => fixture.Server.Http;

    [Fact]
    public async Task A_callback_makes_a_script_of_the_answer()
    {
        var response = await Http.GetAsync(Query + "&callback=$jQuery.cb_1");

        Assert.Equal("text/javascript; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        Assert.Equal("""/**/$jQuery.cb_1({"192.0.2.1":{"province":"北京","city":"北京"}});""", await response.Content.ReadAsStringAsync());
        Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
    }

    [Fact]
    public async Task An_error_is_wrapped_too()
    {
        var text = await Http.GetStringAsync("/open/public/2.0/iplib/query?client_id=1&callback=cb");

        Assert.StartsWith("""/**/cb({"error_code":101,"error_msg":"Invalid API key","request_id":""" + '"', text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1cb")]
    [InlineData("alert(1)")]
    [InlineData("a%3Cscript%3E")]
    [InlineData("a%0A")]
    [InlineData("名")]
    [InlineData("a2345678901234567890123456789012345678901234567890123456789012345")]
    public async Task A_callback_that_is_no_name_is_an_invalid_parameter_in_plain_json(string callback) =>
        await (await Http.GetAsync($"{Query}&callback={callback}")).ShouldBeAsync(E.ParameterMalformed);

    [Fact]
    public async Task A_format_that_is_none_is_an_invalid_parameter() =>
        await (await Http.GetAsync($"{Query}&format=yaml")).ShouldBeAsync(E.ParameterMalformed);

    [Fact]
    public async Task Xml_says_what_the_json_says()
    {
        var response = await Http.GetAsync(Query + "&format=xml&callback=ignored");

        Assert.Equal("text/xml; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var item = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!.Element("item")!;
        Assert.Equal(("192.0.2.1", "北京"), (item.Attribute("key")!.Value, item.Element("province")!.Value));
    }

    [Theory]
    [InlineData("/open/public/2.0/iplib/query?client_id=1&format=xml", "101")]
    [InlineData("/open/no/such/path?format=xml", "3")]
    public async Task An_error_in_xml_has_a_root_of_its_own(string path, string code)
    {
        var response = await Http.GetAsync(path);

        var root = XDocument.Parse(await response.Content.ReadAsStringAsync()).Root!;
        Assert.Equal(("error_response", code), (root.Name.LocalName, root.Element("error_code")!.Value));
        Assert.Equal(response.Headers.GetValues("X-Request-Id").Single(), root.Element("request_id")!.Value);
    }

    [Fact]
    public void Xml_takes_lists_odd_names_and_characters_that_it_does_not_have()
    {
        var document = Document.List("<\u0001&😀\u2028", static (writer, text) =>
        {
            writer.WriteStartObject();
            writer.WriteString("a", text);
            writer.WriteString("b c", "1");
            writer.WriteEndObject();
            writer.WriteRawItem("x"u8.ToArray(), isList: false);
            writer.WriteRawItem("<item>y</item>"u8.ToArray(), isList: true);
        });

        var root = XDocument.Parse(Encoding.UTF8.GetString(XmlDocumentWriter.Write(document, "response", marksLists: true))).Root!;

        Assert.Equal("true", root.Attribute("list")?.Value);
        var items = root.Elements("item").ToList();
        Assert.Equal([null, null, "true"], items.Select(item => item.Attribute("list")?.Value));
        Assert.Equal(("<\ufffd&😀\u2028", "b c", "x"),
            (items[0].Element("a")!.Value, items[0].Element("item")!.Attribute("key")!.Value, items[1].Value));
    }

    [Fact]
    public async Task At_the_platforms_own_host_the_surface_is_at_the_root()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, Query["/open".Length..]) { Headers = { Host = "openapi.baidu.com" } };

        await (await Http.SendAsync(request)).ShouldSucceedAsync(E.Ok);
    }

    [Theory]
    [InlineData("")]
    [InlineData("/")]
    [InlineData("/rest/2.0/passport/users/getinfo")]
    [InlineData("/rest/2.0/iplib/query/")]
    [InlineData("/public/2.0/passport/users/getInfo")]
    public async Task A_path_that_is_none_is_an_unknown_method(string path) =>
        await (await Http.GetAsync("/open" + path)).ShouldBeAsync(E.MethodUnknown);

    [Theory]
    [InlineData("PUT", "/open/rest/2.0/iplib/query")]
    [InlineData("GET", "/open/batch/run")]
    public async Task A_verb_that_a_path_does_not_take_is_an_unknown_method(string verb, string path) =>
        await (await Http.SendAsync(new HttpRequestMessage(new HttpMethod(verb), path))).ShouldBeAsync(E.MethodUnknown);
}

/// <summary>What the settings make of errors.</summary>
public sealed class AnswerSettingsTests(AnswerSettingsTests.Strict fixture) : IClassFixture<AnswerSettingsTests.Strict>
{
    public sealed class Strict : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
        [
            ("Surfaces:OpenApi:StrictHttpStatus", "true"),
            ("Surfaces:OpenApi:ErrorCodeAsString", "true"),
            ("Surfaces:OpenApi:SeedTexts", "true"),
        ];
    }

    [Theory]
    [InlineData("/open/nowhere", 404, "3", "Unsupported openapi method")]
    [InlineData("/open/rest/2.0/passport/users/getInfo", 400, "100", "Unsupported response type")]
    [InlineData("/open/rest/2.0/passport/users/getInfo?access_token=x", 401, "110", "Access token invalid or no longer valid")]
    [InlineData("/open/rest/2.0/passport/users/isAppUser?client_id=100000001", 401, "107", "Invalid/Used timestamp parameter")]
    public async Task Statuses_are_strict_codes_are_texts_and_texts_are_the_tables(string path, int status, string code, string text)
    {
        var response = await fixture.Server.Http.GetAsync(path);

        var json = await response.JsonAsync();
        Assert.Equal(status is 401 ? "Bearer" : "", response.Headers.WwwAuthenticate.ToString());
        Assert.Equal((status, code, text),
            ((int)response.StatusCode, json.GetProperty("error_code").GetString(), json.GetProperty("error_msg").GetString()));
    }
}

/// <summary>A platform that is being maintained.</summary>
public sealed class MaintenanceTests(MaintenanceTests.Closed fixture) : IClassFixture<MaintenanceTests.Closed>
{
    public sealed class Closed : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Surfaces:OpenApi:Maintenance", "true")];
    }

    [Fact]
    public async Task Everything_is_unavailable_and_what_is_not_there_is_still_not_there()
    {
        await (await fixture.Server.Http.GetAsync("/open/rest/2.0/iplib/query")).ShouldBeAsync(E.ServiceUnavailable);
        await (await fixture.Server.Http.GetAsync("/open/1.0/restserver?method=baidu.users.getInfo")).ShouldBeAsync(E.ServiceUnavailable);
        await (await fixture.Server.Http.GetAsync("/open/nowhere")).ShouldBeAsync(E.MethodUnknown);
        Assert.Contains("<error_code>2</error_code>", await fixture.Server.Http.GetStringAsync("/open/rest/2.0/iplib/query?format=xml"),
            StringComparison.Ordinal);
    }
}
