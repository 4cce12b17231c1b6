using System.Text.Json;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using Yaopai.Tests.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Tests.Surfaces.WeLink.Recognition;

/// <summary>Text is read by the real program.</summary>
public sealed class OcrTests(RecognitionServer fixture) : IClassFixture<RecognitionServer>
{
    private const string Root = "/api/aiservice/v1/ocr/";

    public static TheoryData<string> Operations { get; } =
        ["business-card", "general-table", "web-image", "id-card", "auto-classification"];

    /// <summary>One mistake in a request that is otherwise good: an operation, a member, and its value. Null leaves it out.</summary>
    public static TheoryData<string, string, object?> Mistakes { get; } = new()
    {
        { "business-card",       "image",               null },
        { "business-card",       "image",               "" },
        { "business-card",       "image",               "no base64!" },
        { "business-card",       "image",               12345 },
        { "business-card",       "image",               new[] { "iVBORw0KGgo=" } },
        { "business-card",       "image",               Convert.ToBase64String("/etc/passwd"u8) },
        { "business-card",       "image",               Convert.ToBase64String("%PDF-1.7"u8) },
        { "business-card",       "image",               Png(14, 14) },
        { "business-card",       "image",               Png(9000, 100) },
        { "business-card",       "image",               Png(8000, 8000) },
        { "business-card",       "detectDirection",     "yes" },
        { "business-card",       "detectDirection",     1 },
        { "business-card",       "detectDirection",     new[] { true } },
        { "business-card",       "returnAdjustedImage", "TRUE" },
        { "general-table",       "image",               null },
        { "general-table",       "image",               "no base64!" },
        { "general-table",       "returnConfidence",    "maybe" },
        { "general-table",       "returnConfidence",    new { a = true } },
        { "web-image",           "image",               null },
        { "web-image",           "image",               "no base64!" },
        { "web-image",           "detectDirection",     "x" },
        { "web-image",           "extractType",         "contact_info" },
        { "web-image",           "extractType",         new[] { "unknown" } },
        { "web-image",           "extractType",         new object[] { "contact_info", 1 } },
        { "id-card",             "image",               null },
        { "id-card",             "image",               "no base64!" },
        { "id-card",             "side",                "left" },
        { "id-card",             "side",                1 },
        { "id-card",             "side",                new[] { "front" } },
        { "auto-classification", "image",               null },
        { "auto-classification", "image",               "no base64!" },
        { "auto-classification", "typeList",            "id_card" },
        { "auto-classification", "typeList",            new[] { "passport" } },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_is_an_illegal_parameter(string operation, string member, object? value)
    {
        var body = new Dictionary<string, object?> { ["image"] = Image("card") };
        body[member] = value;
        var response = await (await CallerAsync()).PostAsync(Root + operation, body.Where(one => one.Value is not null).ToDictionary());
        await response.ShouldBeAsync(E.ParameterMalformed);
        Assert.NotEmpty((await response.JsonAsync()).GetProperty("error").GetString()!);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task What_is_no_JSON_object_is_malformed_before_anybody_asks_for_a_token(string operation)
    {
        await (await new WeLinkCaller(fixture.Server).PostAsync(Root + operation, "{")).ShouldBeAsync(E.ParameterMalformed);
        await (await new WeLinkCaller(fixture.Server).PostAsync(Root + operation, new { })).ShouldBeAsync(E.AccessForbidden);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task An_app_to_which_recognition_is_not_open_has_no_permission(string operation)
    {
        var app = await fixture.Server.NewAppAsync(app => app with
        {
            ApprovedScopes = [.. app.ApprovedScopes.Where(scope => scope is not WeLinkProfile.Ai)],
        });
        var caller = await WeLinkCaller.OfAppAsync(fixture.Server, app);
        await (await caller.PostAsync(Root + operation, new { image = "nonsense" })).ShouldBeAsync(E.AccessForbidden);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task What_breaks_in_the_server_is_a_service_error(string operation)
    {
        var caller = await CallerAsync();
        await using (await fixture.BreakAsync(new { target = "welink", fault = "exception", client_id = caller.App.ClientId }))
            await (await caller.PostAsync(Root + operation, new { image = Image("card") })).ShouldBeAsync(E.Internal);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task A_picture_without_anything_behind_its_header_is_not_read(string operation) =>
        await (await (await CallerAsync()).PostAsync(Root + operation, new { image = Png(100, 100) })).ShouldBeAsync(E.OcrUnavailable);

    [Fact]
    public async Task The_sandbox_takes_the_program_away_and_gives_it_back()
    {
        var caller = await CallerAsync();
        await using (await fixture.BreakAsync(new { target = "welink", fault = "upstream-down", client_id = caller.App.ClientId }))
        {
            await (await caller.PostAsync(Root + "web-image", new { image = Image("card") })).ShouldBeAsync(E.OcrUnavailable);
            await (await caller.PostAsync("/api/aiservice/v2/frs/face-detect", new { image = Image("card") }))
                .ShouldBeAsync(E.FaceRecognitionUnavailable);
        }

        await (await caller.PostAsync(Root + "web-image", new { image = Image("card") })).ShouldServeWeLinkAsync();
    }

    [Fact]
    public async Task A_business_card_is_read()
    {
        var result = await ReadAsync("business-card", new { image = Image("card"), detectDirection = true });

        Assert.Equal(0, result.GetProperty("direction").GetInt32());
        Assert.Equal(["韩梅梅"], Texts(result, "name"));
        Assert.Equal(["产品总监"], Texts(result, "title"));
        Assert.Equal(["北京腰牌科技有限公司"], Texts(result, "company"));
        Assert.Equal(["13912345678"], Texts(result, "phone"));
        Assert.Equal(["hanmeimei@yaopai.example.com"], Texts(result, "email"));
        Assert.Equal(["北京市海淀区中关村大街27号"], Texts(result, "address"));
    }

    [Fact]
    public async Task A_card_upside_down_is_turned_where_that_is_asked()
    {
        var result = await ReadAsync("business-card", new { image = Image("card-turned"), detectDirection = "true" });

        Assert.Equal(180, result.GetProperty("direction").GetInt32());
        Assert.Equal(["13912345678"], Texts(result, "phone"));
    }

    [Fact]
    public async Task A_table_is_read_as_rows_and_columns()
    {
        var result = await ReadAsync("general-table", new { image = Image("table"), returnConfidence = true });

        var region = Assert.Single(result.GetProperty("words_region_list").EnumerateArray());
        Assert.Equal("table", region.GetProperty("type").GetString());
        var cell = region.GetProperty("words_block_list").EnumerateArray().Single(cell => cell.GetProperty("words").GetString() is "10086");
        Assert.Equal(1, Assert.Single(cell.GetProperty("rows").EnumerateArray()).GetInt32());
        Assert.Equal(2, Assert.Single(cell.GetProperty("columns").EnumerateArray()).GetInt32());
        Assert.InRange(cell.GetProperty("confidence").GetDouble(), 0, 1);
        Assert.Equal(4, cell.GetProperty("location").GetArrayLength());
    }

    [Fact]
    public async Task Whatever_a_picture_shows_is_read_and_what_is_asked_of_it_extracted()
    {
        var result = await ReadAsync("web-image", new { image = Image("card"), extractType = new[] { "contact_info", "image_size" } });

        Assert.Contains(
            result.GetProperty("words_block_list").EnumerateArray(), block => block.GetProperty("words").GetString() is "北京腰牌科技有限公司");
        var extracted = result.GetProperty("extracted_data");
        Assert.Equal(["13912345678"], Texts(extracted.GetProperty("contact_info"), "phone_list"));
        Assert.Equal(1000, extracted.GetProperty("image_size").GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task An_identity_card_is_read_with_a_number_that_is_one()
    {
        var result = await ReadAsync("id-card", new { image = Image("id-card"), side = "front" });

        Assert.Equal("韩梅梅", result.GetProperty("name").GetString());
        Assert.Equal("11010519491231002X", result.GetProperty("number").GetString());
        Assert.False(result.TryGetProperty("issue", out _));
    }

    [Theory]
    [InlineData("id-card", "id_card"), InlineData("card", "business_card"), InlineData("table", "general_table")]
    public async Task A_picture_is_told_by_what_it_says(string picture, string type)
    {
        var found = Assert.Single((await ReadAsync("auto-classification", new { image = Image(picture) })).EnumerateArray());
        Assert.Equal(type, found.GetProperty("type").GetString());
        Assert.NotEmpty(found.GetProperty("content").EnumerateObject());
    }

    [Fact]
    public async Task A_picture_is_none_of_the_kinds_that_it_is_not()
    {
        var result = await ReadAsync("auto-classification", new { image = Image("table"), typeList = new[] { "id_card" } });
        Assert.Equal(0, result.GetArrayLength());
    }

    private static string Image(string name) => Convert.ToBase64String(Rendered.Bytes(name));

    /// <summary>Only the header of a picture.</summary>
    private static string Png(int width, int height) =>
        Convert.ToBase64String(Convert.FromHexString($"89504E470D0A1A0A0000000D49484452{width:X8}{height:X8}"));

    private static string?[] Texts(JsonElement result, string name) =>
        [.. result.GetProperty(name).EnumerateArray().Select(text => text.GetString())];

    private Task<WeLinkCaller> CallerAsync() => WeLinkCaller.OfAppAsync(fixture.Server);

    private async Task<JsonElement> ReadAsync(string operation, object body)
    {
        var json = await (await (await CallerAsync()).PostAsync(Root + operation, body)).ShouldServeWeLinkAsync();
        Assert.Equal("", json.GetProperty("error").GetString());
        return json.GetProperty("result");
    }
}
