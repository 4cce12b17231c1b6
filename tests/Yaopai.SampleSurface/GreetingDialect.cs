using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;

namespace Yaopai.SampleSurface;

/// <summary>How the surface speaks.</summary>
internal static class GreetingDialect
{
    public static Answer Ok(string greeting) =>
        Answer.Of(Document.Object(greeting, static (json, text) => json.WriteString("greeting", text)));

    public static async ValueTask WriteAsync(HttpResponse response, Answer answer)
    {
        response.StatusCode = answer.Error?.Http ?? StatusCodes.Status200OK;
        response.ContentType = "application/json";
        await response.BodyWriter.WriteAsync(
            JsonDocumentWriter.Write(answer.Document ?? Document.Object(answer.Error!, static (json, error) =>
            {
                json.WriteString("code", error.Code);
                json.WriteString("message", error.En);
            })));
    }
}
