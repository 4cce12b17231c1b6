using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Yaopai.Server.Recognition;
using Yaopai.Tests.Events;

namespace Yaopai.Tests.Recognition;

public sealed class HttpFaceEngineTests
{
    private const string OneFace = """{"box":{"left":1,"top":2.5,"width":30,"height":40},"attributes":{"gender":"female","age":30}}""";

    [Fact]
    public async Task Faces_are_what_the_engine_found()
    {
        await using var receiver = await AnsweringAsync($$"""{"faces":[{{OneFace}}]}""");
        using var engine = Engine(receiver);
        var face = Assert.Single((await engine.DetectAsync(Rendered.Open("card"), "1,2", default))!);

        Assert.Equal(new FaceBox(1, 2.5, 30, 40), face.Box);
        Assert.Equal("\"female\"", face.Attributes["gender"]);
        var asked = Assert.Single(receiver.All);
        Assert.Equal(("POST", "/events/detect", "a key of the engine"), (asked.Method, asked.Path, asked.Bearer));
        Assert.Equal("1,2", asked.Json.GetProperty("attributes").GetString());
        Assert.Equal(Rendered.Bytes("card"), asked.Json.GetProperty("image").GetBytesFromBase64());
    }

    [Fact]
    public async Task Faces_are_as_alike_as_the_engine_says()
    {
        await using var receiver = await AnsweringAsync($$"""{"similarity":0.25,"face1":{{OneFace}},"face2":{{OneFace}}}""");
        using var engine = Engine(receiver);
        Assert.Equal(0.25, (await engine.CompareAsync(Rendered.Open("card"), Rendered.Open("id-card"), default))!.Similarity);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("no JSON")]
    [InlineData("""{"faces":{}}""")]
    [InlineData("""{"faces":[{}]}""")]
    [InlineData("""{"faces":[{"box":{"left":"1","top":2,"width":3,"height":4}}]}""")]
    public async Task An_answer_to_something_else_is_none(string answer)
    {
        await using var receiver = await AnsweringAsync(answer);
        using var engine = Engine(receiver);
        Assert.Null(await engine.DetectAsync(Rendered.Open("card"), "", default));
        Assert.Null(await engine.CompareAsync(Rendered.Open("card"), Rendered.Open("card"), default));
    }

    [Fact]
    public async Task An_answer_that_is_too_long_is_none()
    {
        await using var receiver = await AnsweringAsync($$"""{"faces":[],"more":"{{new string('x', 300_000)}}"}""");
        using var engine = Engine(receiver);
        Assert.Null(await engine.DetectAsync(Rendered.Open("card"), "", default));
    }

    [Fact]
    public async Task An_engine_that_refuses_is_none()
    {
        await using var receiver = await Receiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        using var engine = Engine(receiver);
        Assert.Null(await engine.DetectAsync(Rendered.Open("card"), "", default));
    }

    [Fact]
    public async Task An_engine_that_is_silent_is_none()
    {
        await using var receiver = await Receiver.StartAsync((_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted));
        using var engine = Engine(receiver, TimeSpan.FromSeconds(0.2));
        Assert.Null(await engine.DetectAsync(Rendered.Open("card"), "", default));
    }

    [Fact]
    public async Task Without_an_engine_there_are_no_faces()
    {
        using var engine = new HttpFaceEngine(
            Options.Create(new RecognitionOptions()), TimeProvider.System, NullLogger<HttpFaceEngine>.Instance);
        Assert.Null(await engine.DetectAsync(Rendered.Open("card"), "", default));
    }

    private static Task<Receiver> AnsweringAsync(string answer) => Receiver.StartAsync((_, http) =>
    {
        http.Response.StatusCode = 200;
        return http.Response.WriteAsync(answer);
    });

    private static HttpFaceEngine Engine(Receiver receiver, TimeSpan? timeout = null) => new(
        Options.Create(new RecognitionOptions
        {
            FaceEngine = receiver.Callback,
            FaceEngineKey = "a key of the engine",
            FaceTimeout = timeout ?? TimeSpan.FromMinutes(1),
        }),
        TimeProvider.System, NullLogger<HttpFaceEngine>.Instance);
}
