using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using E = Yaopai.Errors.HuaweiAccountErrors.RiscConfiguration;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Events;

/// <summary>GET /v1beta/public/risc/.well-known/risc-configuration — the issuer of events, and the keys to check them with.</summary>
internal sealed record RiscConfiguration(KeyRing Keys, IOptions<HuaweiAccountOptions> Options) : IOperationDefinition
{
    public IOperation Define() => new Operation<Call>("huawei", "RiscConfiguration", E.All)
    {
        Methods = ["GET"],
        Source = ParameterSource.None,
        Readers = Readers.AllPages,
        Read = ValueTask.FromResult,
        Rules = RuleLists.One<Call>([], AnswerAsync),
        Failures = new FailureErrors(E.All),
    };

    private async ValueTask<Answer> AnswerAsync(Call call)
    {
        // Keys are only promised while there is one to sign with.
        await Keys.SigningAsync(call.Now, call.Ct);

        var named = (here: call.Address, Options.Value.EventIssuer);
        var answer = HuaweiAccountDialect.Ok(HuaweiAccountDialect.Json, named, static (json, it) =>
        {
            json.WriteString("issuer", it.EventIssuer);
            json.WriteString("jwks_uri", it.here + "/oauth2/v3/certs");
            Write(json, "delivery_methods_supported", "https://schemas.openid.net/secevent/risc/delivery-method/push");
            Write(json, "events_supported", SecurityEvents.Uris);
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
