using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>POST /api/aiservice/v2/frs/face-compare — says how alike the faces of two pictures are.</summary>
internal sealed record FaceCompare(RecognitionKit Kit) : IOperationDefinition
{
    internal static readonly Rule<FaceRequest>[] Rules =
    [
        .. FaceOperation.Picture("image1", "image2"),
        new(E.FaceRecognitionUnavailable, x => x.CompareAsync(), why: _ => "there is no face engine, or it failed; the log says what"),
    ];

    public IOperation Define() => FaceOperation.Of(
        Kit, "FaceCompare", Rules, x => RecognitionAnswer.Of(x.Compared, static (json, compared) =>
    {
        json.WriteStartObject();
        json.WriteNumber("similarity", compared.Similarity);
        WriteFace(json, "image1_face", compared.First);
        WriteFace(json, "image2_face", compared.Second);
        json.WriteEndObject();
    }));

    private static void WriteFace(Utf8JsonWriter json, string name, Face face)
    {
        json.WriteStartObject(name);
        FaceOperation.WriteBox(json, face.Box);
        json.WriteEndObject();
    }
}
