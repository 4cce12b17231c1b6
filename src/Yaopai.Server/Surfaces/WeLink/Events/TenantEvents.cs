using System.Text;
using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Events;

namespace Yaopai.Server.Surfaces.WeLink.Events;

/// <summary>What happens in organisations in the words of the platform: a JSON object that only the app's secret opens.</summary>
/// <remarks>Receivers get an event again that they did not take, with the same timestamp.</remarks>
internal sealed class TenantEvents(SigningSecrets secrets) : IEventWriter
{
    private static readonly (SecurityEventKind Kind, string Type, string Subject)[] s_types =
    [
        (SecurityEventKind.TenantSubscribed,   "corpAuth",       ""),
        (SecurityEventKind.TenantUnsubscribed, "corpCancelAuth", ""),
        (SecurityEventKind.MemberChanged,      "corpEditUser",   "userId"),
        (SecurityEventKind.MemberDeleted,      "corpDelUser",    "userId"),
        (SecurityEventKind.DepartmentChanged,  "corpEditDept",   "deptCode"),
        (SecurityEventKind.DepartmentDeleted,  "corpDelDept",    "deptCode"),
    ];

    private const string NoSecret =
        "the server keeps no secret of the app to encrypt with: app change CLIENT_ID --signing, and a secret made after it";

    private const string LostSecret = "no secret that the server keeps of the app can be opened with the keys that it has";

    public string Surface => "welink"; // as its slug

    public IReadOnlyList<SecurityEventKind> Kinds { get; } = [.. s_types.Select(row => row.Kind)];

    public bool ShowsPhone(IEnumerable<string> scopes) => false; // it has no words for that event

    public async ValueTask<EventMessage> WriteAsync(SecurityEvent happened, App app, CancellationToken ct)
    {
        var live = await secrets.OpenAsync(app, ct);
        if (live is not [var newest, ..])
            throw new UnwritableEventException(app.SigningSecrets is [] ? NoSecret : LostSecret);

        var body = Gateway.Json.Write(EventCipher.Encrypt(newest, Text(happened)), static (json, it) => json.WriteString("encrypt", it));
        return new EventMessage(Bearer: null, body, "application/json; charset=utf-8") { IsTakenBy = answer => IsTakenBy(answer, live) };
    }

    private static string Text(SecurityEvent happened) => Encoding.UTF8.GetString(Gateway.Json.Write(happened, static (json, it) =>
    {
        var (_, type, subject) = s_types.Single(row => row.Kind == it.Kind);
        var tenantId = TenantIds.Write(it.TenantId!.Value);
        json.WriteString("eventType", type);
        json.WriteString("timestamp", $"{it.OccurredAt.ToUnixTimeMilliseconds()}");
        if (subject is "")
        {
            json.WriteString("tenantId", tenantId);
            return;
        }

        json.WriteStartArray("data");
        foreach (var id in it.Subjects)
        {
            json.WriteStartObject();
            json.WriteString(subject, id);
            json.WriteString("tenantId", tenantId);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }));

    /// <summary>Receivers are read leniently: one that says in the documented way that it failed did not take it, any other did.</summary>
    private static bool IsTakenBy(string answer, IReadOnlyList<string> secrets)
    {
        var encrypted = Member(answer, "encrypt") ?? answer.Trim(); // the older way: the text itself
        var said = secrets.Select(secret => EventCipher.Decrypt(secret, encrypted)).FirstOrDefault(text => text is not null);
        return said is null || Member(said, "msg") is null or "success";
    }

    /// <summary>Null where there is no such text.</summary>
    private static string? Member(string json, string name)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            return document.RootElement is { ValueKind: JsonValueKind.Object } root && root.TryGetProperty(name, out var value)
                && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
