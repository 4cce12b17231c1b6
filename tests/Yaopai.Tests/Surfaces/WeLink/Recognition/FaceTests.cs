using Yaopai.Tests.Http;
using Yaopai.Tests.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Tests.Surfaces.WeLink.Recognition;

public sealed class FaceTests(RecognitionServer fixture) : IClassFixture<RecognitionServer>
{
    private const string Detect = "/api/aiservice/v2/frs/face-detect", Compare = "/api/aiservice/v2/frs/face-compare";

    private const string Face = """{"box":{"left":10,"top":20.5,"width":30,"height":40},"attributes":{"gender":"female","age":30}}""";

    private static readonly string s_image = Convert.ToBase64String(Rendered.Bytes("card"));

    /// <summary>One mistake in a request that is otherwise good. Null leaves the member out.</summary>
    public static TheoryData<string, string, object?> Mistakes { get; } = new()
    {
        { Detect,  "image",      null },
        { Detect,  "image",      "" },
        { Detect,  "image",      "no base64!" },
        { Detect,  "image",      1 },
        { Detect,  "image",      Convert.ToBase64String("no picture at all"u8) },
        { Detect,  "attributes", "a,b" },
        { Detect,  "attributes", "1,,2" },
        { Detect,  "attributes", new[] { 1, 2 } },
        { Detect,  "attributes", new string('1', 300) },
        { Compare, "image1",     null },
        { Compare, "image1",     "no base64!" },
        { Compare, "image2",     null },
        { Compare, "image2",     "no base64!" },
        { Compare, "image2",     new { } },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_is_an_illegal_parameter(string path, string member, object? value)
    {
        var body = new Dictionary<string, object?> { ["image"] = s_image, ["image1"] = s_image, ["image2"] = s_image };
        body[member] = value;
        await (await (await CallerAsync()).PostAsync(path, body.Where(one => one.Value is not null).ToDictionary()))
            .ShouldBeAsync(E.ParameterMalformed);
    }

    [Theory]
    [InlineData(Detect), InlineData(Compare)]
    public async Task Without_a_token_nothing_is_allowed(string path) =>
        await (await new WeLinkCaller(fixture.Server).PostAsync(path, new { })).ShouldBeAsync(E.AccessForbidden);

    [Fact]
    public async Task Faces_are_what_the_engine_found()
    {
        fixture.Answer($$"""{"faces":[{{Face}}]}""");
        var caller = await CallerAsync();
        var json = await (await caller.PostAsync(Detect, new { image = s_image, attributes = "1,2" })).ShouldServeWeLinkAsync();

        Assert.Equal("", json.GetProperty("error").GetString());
        var face = Assert.Single(json.GetProperty("result").GetProperty("faces").EnumerateArray());
        Assert.Equal(20.5, face.GetProperty("bounding_box").GetProperty("top_left_y").GetDouble());
        Assert.Equal("female", face.GetProperty("attributes").GetProperty("gender").GetString());
        Assert.Equal(30, face.GetProperty("attributes").GetProperty("age").GetInt32());
    }

    [Fact]
    public async Task Faces_are_as_alike_as_the_engine_says()
    {
        fixture.Answer($$"""{"similarity":0.75,"face1":{{Face}},"face2":{{Face}}}""");
        var caller = await CallerAsync();
        var json = await (await caller.PostAsync(Compare, new { image1 = s_image, image2 = s_image })).ShouldServeWeLinkAsync();

        var result = json.GetProperty("result");
        Assert.Equal(0.75, result.GetProperty("similarity").GetDouble());
        Assert.Equal(40, result.GetProperty("image2_face").GetProperty("bounding_box").GetProperty("height").GetInt32());
    }

    [Theory]
    [InlineData("""{"faces":[]}""", 500)]
    [InlineData("no JSON", 200)]
    [InlineData("""{"result":"something else"}""", 200)]
    public async Task An_engine_that_fails_is_unavailable(string answer, int status)
    {
        fixture.Answer(answer, status);
        await (await (await CallerAsync()).PostAsync(Detect, new { image = s_image })).ShouldBeAsync(E.FaceRecognitionUnavailable);
        await (await (await CallerAsync()).PostAsync(Compare, new { image1 = s_image, image2 = s_image }))
            .ShouldBeAsync(E.FaceRecognitionUnavailable);
    }

    private Task<WeLinkCaller> CallerAsync() => WeLinkCaller.OfAppAsync(fixture.Server);
}

/// <summary>A server without any engine makes nothing up.</summary>
public sealed class WithoutEnginesTests(WithoutEnginesTests.NoEngines fixture) : IClassFixture<WithoutEnginesTests.NoEngines>
{
    public sealed class NoEngines : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Recognition:Tesseract", "no-such-program-of-yaopai")];
    }

    [Theory]
    [InlineData("v1/ocr/business-card"), InlineData("v1/ocr/general-table"), InlineData("v1/ocr/web-image"), InlineData("v1/ocr/id-card")]
    [InlineData("v1/ocr/auto-classification")]
    public async Task No_text_is_read(string path) => await (await CallAsync(path)).ShouldBeAsync(E.OcrUnavailable);

    [Theory]
    [InlineData("v2/frs/face-detect"), InlineData("v2/frs/face-compare")]
    public async Task No_face_is_found(string path) => await (await CallAsync(path)).ShouldBeAsync(E.FaceRecognitionUnavailable);

    private async Task<HttpResponseMessage> CallAsync(string path)
    {
        var image = Convert.ToBase64String(Rendered.Bytes("card"));
        var caller = await WeLinkCaller.OfAppAsync(fixture.Server);
        return await caller.PostAsync($"/api/aiservice/{path}", new { image, image1 = image, image2 = image });
    }
}
