using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.OAuth.Authorization;
using E = Yaopai.Errors.HuaweiAccountErrors.OpenIdConfiguration;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>GET or POST /.well-known/openid-configuration — where everything is, and what is supported.</summary>
internal sealed record OpenIdConfiguration(KeyRing Keys, IOptions<HuaweiAccountOptions> Options) : IOperationDefinition
{
    public IOperation Define() => new Operation<Call>("huawei", "OpenIdConfiguration", E.All)
    {
        Methods = ["GET", "POST"],
        Source = ParameterSource.None,
        Readers = Readers.AllPages,
        Read = ValueTask.FromResult,
        Rules = RuleLists.One<Call>([], AnswerAsync),
        Gives = Given.Metadata,
        Failures = new FailureErrors(E.All),
    };

    private async ValueTask<Answer> AnswerAsync(Call call)
    {
        // Algorithms are only promised while there is a key to sign with.
        await Keys.SigningAsync(call.Now, call.Ct);

        var named = (here: call.Address, Options.Value.Issuer);
        var answer = HuaweiAccountDialect.Ok(HuaweiAccountDialect.Json, named, static (json, it) =>
        {
            json.WriteString("issuer", it.Issuer);
            json.WriteString("authorization_endpoint", it.here + "/oauth2/v3/authorize");
            json.WriteString("token_endpoint", it.here + "/oauth2/v3/token");
            json.WriteString("revocation_endpoint", it.here + "/oauth2/v3/revoke");
            json.WriteString("jwks_uri", it.here + "/oauth2/v3/certs");
            Write(json, "response_modes_supported", ResponseModes.FormPost, ResponseModes.Query);
            Write(json, "response_types_supported", "code");
            Write(json, "subject_types_supported", "pairwise");
            Write(json, "id_token_signing_alg_values_supported", [.. IdTokens.Algorithms.Select(algorithm => algorithm.Name)]);
            Write(json, "scopes_supported", "openid", "email", "profile");
            Write(json, "token_endpoint_auth_methods_supported", "client_secret_post");
            Write(json, "claims_supported",
                "aud", "email", "email_verified", "exp", "family_name", "given_name", "iat", "iss", "locale", "name", "picture", "sub",
                "display_name");
            Write(json, "code_challenge_methods_supported", "S256");
        });
        return answer with { Kept = KeyRing.KeptFrom(call.Now) };
    }

    private static void Write(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
