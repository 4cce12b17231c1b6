using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>POST /api/aiservice/v1/ocr/id-card — reads a citizen's identity card: the side that is named, or both.</summary>
/// <remarks>A number is told when its check character is right, and only then.</remarks>
internal sealed record OcrIdCard(RecognitionKit Kit) : IOperationDefinition
{
    private const string Front = "front", Back = "back";

    internal static readonly Rule<OcrRequest>[] Rules = OcrOperation.Rules(
        new Rule<OcrRequest>(E.ParameterMalformed, x => x.IsScalar("side") && x["side"] is "" or Front or Back,
            why: x => $"side is '{x["side"]}'; {Front} and {Back} are known"));

    public IOperation Define() => OcrOperation.Of(
        Kit, "OcrIdCard", OcrLayout.Automatic, Rules, x => RecognitionAnswer.Of(x, static (json, x) =>
        {
            json.WriteStartObject();
            WriteTo(json, IdentityCard.Of(x.Read, x.Now), x["side"]);
            json.WriteEndObject();
        }));

    public static void WriteTo(Utf8JsonWriter json, IdentityCard card, string side)
    {
        if (side is not Back)
        {
            json.WriteString("name", card.Name);
            json.WriteString("sex", card.Sex);
            json.WriteString("ethnicity", card.Ethnicity);
            json.WriteString("birth", card.Birth);
            json.WriteString("address", card.Address);
            json.WriteString("number", card.Number);
        }

        if (side is not Front)
        {
            json.WriteString("issue", card.Issuer);
            json.WriteString("valid_from", card.ValidFrom);
            json.WriteString("valid_to", card.ValidTo);
        }
    }
}
