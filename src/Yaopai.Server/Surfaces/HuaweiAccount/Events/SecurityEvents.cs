using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Events;

/// <summary>Events in the words of the platform: a signed token that says who calls, and a JSON object that says what happened.</summary>
/// <remarks>RFC 8417 would have the event itself signed; the platform's receivers read it from the body,
/// and check the token beside it.</remarks>
internal sealed class SecurityEvents(
    PairwiseIdentifiers identifiers, KeyRing keys, IAppClock clock, IOptions<HuaweiAccountOptions> options) : IEventWriter
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(5);

    private static readonly (SecurityEventKind Kind, string Uri)[] s_uris =
    [
        (SecurityEventKind.TokensRevoked, "https://schemas.openid.net/secevent/oauth/event-type/tokens-revoked"),
        (SecurityEventKind.PhoneModified, "https://schemas.openid.net/secevent/oauth/event-type/phone-modified"),
        (SecurityEventKind.AccountPurged, "https://schemas.openid.net/secevent/risc/event-type/account-purged"),
    ];

    private static readonly string[] s_phoneScopes =
    [
        HuaweiAccountProfile.PhoneScope, HuaweiAccountProfile.PhoneAddress, HuaweiAccountProfile.OneTapPhoneScope,
        HuaweiAccountProfile.OneTapMaskedPhoneScope,
    ];

    public static string[] Uris { get; } = [.. s_uris.Select(row => row.Uri)];

    public string Surface => "huawei"; // as its slug

    public IReadOnlyList<SecurityEventKind> Kinds { get; } = [.. s_uris.Select(row => row.Kind)];

    public bool ShowsPhone(IEnumerable<string> scopes) => scopes.Any(s_phoneScopes.Contains);

    public async ValueTask<EventMessage> WriteAsync(SecurityEvent happened, App app, CancellationToken ct)
    {
        var key = await keys.SigningAsync(clock.Now, ct);
        return new EventMessage(Sign(key, happened), Write(happened, app), HuaweiAccountDialect.JsonUtf8);
    }

    /// <summary>New at every try, so that it can be short-lived; the name of the event stays.</summary>
    private string Sign(SigningKey key, SecurityEvent happened)
    {
        var issuedAt = clock.NowFor(happened.AppId).ToUnixTimeSeconds();
        return JsonWebToken.Sign(key, JoseAlgorithm.RS256, Gateway.Json.Write(0, (json, _) =>
        {
            json.WriteString("iss", options.Value.EventIssuer);
            json.WriteString("aud", happened.AppId.ToString());
            json.WriteNumber("iat", issuedAt);
            json.WriteNumber("exp", issuedAt + (long)s_lifetime.TotalSeconds);
            json.WriteString("jti", happened.Name);
        }));
    }

    private byte[] Write(SecurityEvent happened, App app) => Gateway.Json.Write(0, (json, _) =>
    {
        json.WriteString("iss", options.Value.EventIssuer);
        json.WriteString("aud", happened.AppId.ToString());
        json.WriteNumber("iat", happened.OccurredAt.ToUnixTimeSeconds());
        json.WriteString("jti", happened.Name);
        json.WriteStartObject("events");
        json.WriteStartObject(s_uris.Single(row => row.Kind == happened.Kind).Uri);
        WriteSubject(json, happened, app);
        if (happened.Kind is SecurityEventKind.TokensRevoked)
            WriteScopes(json, happened.Scopes);
        json.WriteEndObject();
        json.WriteEndObject();
    });

    private void WriteSubject(Utf8JsonWriter json, SecurityEvent happened, App app)
    {
        json.WriteStartObject("subject");
        json.WriteString("extra", identifiers.OpenId(happened.AppId, happened.AccountId));
        json.WriteString("iss", options.Value.EventIssuer);
        json.WriteString("sub", identifiers.UnionId(app.DeveloperId, happened.AccountId));
        json.WriteString("subject_type", "iss_sub");
        json.WriteEndObject();
    }

    private static void WriteScopes(Utf8JsonWriter json, IReadOnlyList<string> scopes)
    {
        json.WriteStartArray("scopes");
        foreach (var scope in scopes)
            json.WriteStringValue(scope);
        json.WriteEndArray();
    }
}
