using System.Text.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using E = Yaopai.Errors.HuaweiAccountErrors.RiscConfiguration;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Events;

/// <summary>GET /v1beta/public/risc/.well-known/risc-configuration — who sends events, and how they are checked.</summary>
internal static class RiscConfiguration
{
    public static Operation<Call> Operation(Services services) => new("huawei", "RiscConfiguration", E.All)
    {
        Methods = ["GET"],
        Source = ParameterSource.None,
        Admission = services.Admission,
        Read = ValueTask.FromResult,
        RuleLists = [[]],
        Answer = call => AnswerAsync(call, services),
        Failures = new FailureErrors(E.All),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, IAppClock Clock, KeyRing Keys, IOptions<HuaweiAccountOptions> Options);

    private static async ValueTask<Answer> AnswerAsync(Call call, Services services)
    {
        // Keys are only promised while there is one to sign with.
        await services.Keys.SigningAsync(services.Clock.Now, call.Ct);

        var request = call.Http.Request;
        var here = $"{request.Scheme}://{request.Host}{request.Path.Value![..^call.Path.Length]}";
        return HuaweiAccountDialect.Ok(HuaweiAccountDialect.Json, (here, services.Options.Value.EventIssuer), static (json, it) =>
        {
            json.WriteString("issuer", it.EventIssuer);
            json.WriteString("jwks_uri", it.here + "/oauth2/v3/certs");
            Write(json, "delivery_methods_supported", "https://schemas.openid.net/secevent/risc/delivery-method/push");
            Write(json, "events_supported", SecurityEvents.Uris);
        });
    }

    private static void Write(Utf8JsonWriter json, string name, params ReadOnlySpan<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
            json.WriteStringValue(value);
        json.WriteEndArray();
    }
}
