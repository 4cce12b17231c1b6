using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>POST /api/aiservice/v1/ocr/business-card — reads a business card.</summary>
internal sealed record OcrBusinessCard(RecognitionKit Kit) : IOperationDefinition
{
    internal static readonly Rule<OcrRequest>[] Rules =
        OcrOperation.Rules(OcrOperation.Flag("detectDirection"), OcrOperation.Flag("returnAdjustedImage"));

    public IOperation Define() => OcrOperation.Of(
        Kit, "OcrBusinessCard", OcrLayout.Block, Rules, x => RecognitionAnswer.Of(x, static (json, x) =>
        {
            json.WriteStartObject();
            json.WriteDirection(x);
            WriteTo(json, BusinessCard.Of(x.Read));
            json.WriteEndObject();
        }));

    public static void WriteTo(Utf8JsonWriter json, BusinessCard card)
    {
        json.WriteTexts("name", card.Names);
        json.WriteTexts("title", card.Titles);
        json.WriteTexts("company", card.Companies);
        json.WriteTexts("department", card.Departments);
        json.WriteTexts("phone", card.Phones);
        json.WriteTexts("fax", card.Faxes);
        json.WriteTexts("email", card.Mails);
        json.WriteTexts("website", card.Websites);
        json.WriteTexts("address", card.Addresses);
        json.WriteTexts("postcode", card.Postcodes);
    }
}
