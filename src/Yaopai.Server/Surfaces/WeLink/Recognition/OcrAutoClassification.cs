using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>POST /api/aiservice/v1/ocr/auto-classification — finds out what a picture shows, of the kinds that are
/// named, and reads it.</summary>
internal sealed record OcrAutoClassification(RecognitionKit Kit) : IOperationDefinition
{
    /// <summary>The kinds, the surest first; the last fits every text.</summary>
    private static readonly (string Type, Func<Reading, bool> Fits, Action<Utf8JsonWriter, Reading> Write)[] s_kinds =
    [
        ("id_card",       x => x.IdentityCard.IsFront || x.IdentityCard.IsBack, (json, x) => OcrIdCard.WriteTo(json, x.IdentityCard, "")),
        ("business_card", x => x.BusinessCard.IsLikely,                         (json, x) => OcrBusinessCard.WriteTo(json, x.BusinessCard)),
        ("general_table", x => x.Table.IsTable,                                 (json, x) => OcrGeneralTable.WriteTo(json, x.Table, true)),
        ("web_image",     x => x.Text.Lines.Count > 0,                          (json, x) => OcrWebImage.WriteTo(json, x.Text)),
    ];

    internal static readonly Rule<OcrRequest>[] Rules = OcrOperation.Rules(
        new Rule<OcrRequest>(E.ParameterMalformed, x => x.ReadChoice("typeList", [.. s_kinds.Select(kind => kind.Type)]),
            why: _ => $"typeList is no list of {string.Join(", ", s_kinds.Select(kind => kind.Type))}"));

    public IOperation Define() => OcrOperation.Of(
        Kit, "OcrAutoClassification", OcrLayout.Automatic, Rules, x => RecognitionAnswer.Of(x, static (json, x) =>
        {
            var read = new Reading(x.Read, x.Now);
            json.WriteStartArray();
            var found = Array.Find(s_kinds, kind => (x.Chosen.Count == 0 || x.Chosen.Contains(kind.Type)) && kind.Fits(read));
            if (found.Type is not null)
            {
                json.WriteStartObject();
                json.WriteString("type", found.Type);
                json.WriteStartObject("content");
                found.Write(json, read);
                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));

    private sealed class Reading(OcrText text, DateTimeOffset now)
    {
        public OcrText Text => text;

        public IdentityCard IdentityCard { get; } = IdentityCard.Of(text, now);

        public BusinessCard BusinessCard { get; } = BusinessCard.Of(text);

        public TableReading Table { get; } = TableReading.Of(text);
    }
}
