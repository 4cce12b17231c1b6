using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>Reads ID tokens that come back as a hint about whom an app means (OpenID Connect Core §3.1.2.1).</summary>
internal sealed class IdTokenHints(KeyRing keys, PairwiseIdentifiers identifiers, IOptions<HuaweiAccountOptions> options)
{
    private const int Longest = 4096;

    /// <summary>Whom an ID token that the app was given speaks of, however old it is; null for any other text.</summary>
    public async ValueTask<string?> FindSubjectAsync(Call call, App app, string text)
    {
        if (text.Length > Longest)
            return null;

        var token = JsonWebToken.Read(text);
        return token is { HasThreeSegments: true, Header: not null, Payload: { } payload, Signature: not null, Kid: { } kid }
            && token.Algorithm is { } algorithm && IdTokens.Algorithms.Contains(algorithm)
            && Text(payload, "iss") == options.Value.Issuer && Text(payload, "aud") == app.Id.ToString()
            && await keys.FindSigningAsync(kid, call.Now, call.Ct) is { } key && token.Verify(key)
            ? Text(payload, "sub")
            : null;
    }

    public bool Means(string subject, App app, Account account) => subject == identifiers.UnionId(app.DeveloperId, account.Id);

    private static string? Text(JsonElement payload, string claim) =>
        payload.TryGetProperty(claim, out var value) && value.ValueKind is JsonValueKind.String ? value.GetString() : null;
}
