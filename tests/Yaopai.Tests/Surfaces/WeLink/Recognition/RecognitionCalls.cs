using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using Yaopai.Server.Recognition;
using Yaopai.Tests.Events;
using Yaopai.Tests.Http;
using Yaopai.Tests.Recognition;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink.Recognition;

internal static class RecognitionCalls
{
    private const string Face = """{"box":{"left":1,"top":2,"width":3,"height":4}}""";

    /// <summary>One engine for all servers of this run.</summary>
    private static readonly Lazy<Task<Receiver>> s_engine = new(() => Receiver.StartAsync((_, http) =>
    {
        http.Response.StatusCode = StatusCodes.Status200OK;
        return http.Response.WriteAsync($$"""{"faces":[{{Face}}],"similarity":1,"face1":{{Face}},"face2":{{Face}}}""");
    }));

    /// <summary>A picture that is read in no time.</summary>
    private static readonly string s_image = Convert.ToBase64String(Rendered.Bytes("word"));

    public static GoodCall[] All { get; } =
    [
        Of("OcrBusinessCard",       "v1/ocr/business-card"),
        Of("OcrGeneralTable",       "v1/ocr/general-table"),
        Of("OcrWebImage",           "v1/ocr/web-image"),
        Of("OcrIdCard",             "v1/ocr/id-card"),
        Of("OcrAutoClassification", "v1/ocr/auto-classification"),
        Of("FaceDetect",            "v2/frs/face-detect"),
        Of("FaceCompare",           "v2/frs/face-compare"),
    ];

    private static GoodCall Of(string name, string path) => new(name, async (server, app) =>
    {
        var options = server.Get<IOptions<RecognitionOptions>>().Value;
        (options.FaceEngine, options.Timeout) = ((await s_engine.Value).Callback, TimeSpan.FromMinutes(1));
        var caller = await WeLinkCaller.OfAppAsync(server, app);
        return () => caller.PostAsync($"/api/aiservice/{path}", new { image = s_image, image1 = s_image, image2 = s_image });
    })
    {
        Target = WeLinkCalls.TargetOf(name),
        Tables = ["subscription"],
    };
}
