using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys.Jose;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>What is said of a person's real name in one answer.</summary>
/// <param name="Result">Null where nothing was compared.</param>
internal sealed record RealNameStatement(int Scene, RealNameState State, int Level, VerifyResult? Result)
{
    public void WriteTo(Utf8JsonWriter json)
    {
        json.WriteNumber("state", (int)State);
        if (Result is { } result)
            json.WriteNumber("verifyResult", (int)result);
        json.WriteNumber("realNameLevel", Level);
    }
}

/// <summary>The token that lets an app show others what it was told of a real name.</summary>
internal sealed class VerifyTokens(PairwiseIdentifiers identifiers, IAppClock clock, IOptions<HuaweiAccountOptions> options)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    // An issuer of its own: signed by the same keys, it must not pass for an ID token (RFC 8725 §3.12).
    public string Issuer => options.Value.Issuer + "/realname";

    public string Sign(SigningKey key, JoseAlgorithm algorithm, App app, long accountId, RealNameStatement statement)
    {
        var issuedAt = clock.NowFor(app.Id).ToUnixTimeSeconds();
        var payload = Gateway.Json.Write(0, (json, _) =>
        {
            json.WriteString("iss", Issuer);
            json.WriteString("sub", identifiers.UnionId(app.DeveloperId, accountId));
            json.WriteString("aud", app.Id.ToString());
            json.WriteNumber("iat", issuedAt);
            json.WriteNumber("exp", issuedAt + (long)s_lifetime.TotalSeconds);
            json.WriteString("openid", identifiers.OpenId(app.Id, accountId));
            json.WriteNumber("sceneID", statement.Scene);
            statement.WriteTo(json);
        });

        return JsonWebToken.Sign(key, algorithm, payload);
    }
}
