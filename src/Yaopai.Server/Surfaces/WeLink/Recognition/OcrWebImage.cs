using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>POST /api/aiservice/v1/ocr/web-image — reads whatever text a picture shows.</summary>
internal sealed record OcrWebImage(RecognitionKit Kit) : IOperationDefinition
{
    private const string ContactInfo = "contact_info", ImageSize = "image_size";

    internal static readonly Rule<OcrRequest>[] Rules = OcrOperation.Rules(
        OcrOperation.Flag("detectDirection"),
        new Rule<OcrRequest>(E.ParameterMalformed, x => x.ReadChoice("extractType", [ContactInfo, ImageSize]),
            why: _ => $"extractType is no list of {ContactInfo} and {ImageSize}"));

    public IOperation Define() =>
        OcrOperation.Of(Kit, "OcrWebImage", OcrLayout.Automatic, Rules, x => RecognitionAnswer.Of(x, static (json, x) =>
        {
            json.WriteStartObject();
            json.WriteDirection(x);
            WriteTo(json, x.Read);
            if (x.Chosen.Count > 0)
                WriteExtracted(json, x);
            json.WriteEndObject();
        }));

    public static void WriteTo(Utf8JsonWriter json, OcrText read)
    {
        OcrSegment[] segments = [.. read.Segments];
        json.WriteNumber("words_block_count", segments.Length);
        json.WriteStartArray("words_block_list");
        foreach (var segment in segments)
        {
            json.WriteStartObject();
            json.WriteSegment(segment, withConfidence: true);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteExtracted(Utf8JsonWriter json, OcrRequest x)
    {
        json.WriteStartObject("extracted_data");
        if (x.Chosen.Contains(ContactInfo))
        {
            var card = BusinessCard.Of(x.Read);
            json.WriteStartObject(ContactInfo);
            json.WriteTexts("name_list", card.Names);
            json.WriteTexts("phone_list", card.Phones);
            json.WriteTexts("detail_address_list", card.Addresses);
            json.WriteEndObject();
        }

        if (x.Chosen.Contains(ImageSize))
        {
            json.WriteStartObject(ImageSize);
            json.WriteNumber("width", x.Picture.Width);
            json.WriteNumber("height", x.Picture.Height);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
