using Yaopai.Server.Gateway;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>POST /api/aiservice/v2/frs/face-detect — finds the faces of a picture.</summary>
internal sealed record FaceDetect(RecognitionKit Kit) : IOperationDefinition
{
    internal static readonly Rule<FaceRequest>[] Rules =
    [
        .. FaceOperation.Picture("image"),
        new(E.ParameterMalformed,         x => x.HasAttributes, why: _ => "attributes is no list of numbers: 0,1,2"),
        new(E.FaceRecognitionUnavailable, x => x.DetectAsync(), why: _ => "there is no face engine, or it failed; the log says what"),
    ];

    public IOperation Define() => FaceOperation.Of(Kit, "FaceDetect", Rules, x => RecognitionAnswer.Of(x.Found, static (json, faces) =>
    {
        json.WriteStartObject();
        json.WriteStartArray("faces");
        foreach (var face in faces)
        {
            json.WriteStartObject();
            FaceOperation.WriteBox(json, face.Box);
            json.WriteStartObject("attributes");
            foreach (var (name, value) in face.Attributes)
            {
                json.WritePropertyName(name);
                json.WriteRawValue(value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }));
}
