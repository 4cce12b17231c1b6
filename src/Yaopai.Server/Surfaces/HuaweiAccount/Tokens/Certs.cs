using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using E = Yaopai.Errors.HuaweiAccountErrors.Certs;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>GET or POST /oauth2/v3/certs — the public keys that tokens of today and yesterday are signed with.</summary>
internal static class Certs
{
    public static Operation<Call> Operation(Services services) => new("huawei", "Certs", E.All)
    {
        Methods = ["GET", "POST"],
        Source = ParameterSource.None,
        Admission = services.Admission,
        Read = ValueTask.FromResult,
        RuleLists = [[]],
        Answer = call => AnswerAsync(call, services),
        Failures = new FailureErrors(E.All),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, IAppClock Clock, KeyRing Keys);

    private static async ValueTask<Answer> AnswerAsync(Call call, Services services) => HuaweiAccountDialect.Ok(
        HuaweiAccountDialect.JsonUtf8,
        await KeysAsync(services, call.Ct),
        static (json, keys) =>
        {
            json.WriteStartArray("keys");
            foreach (var key in keys)
                key.Public.WriteTo(json);
            json.WriteEndArray();
        });

    /// <summary>RSA first, as clients that know no other keys expect.</summary>
    private static async ValueTask<IEnumerable<SigningKey>> KeysAsync(Services services, CancellationToken ct) =>
    [
        .. await services.Keys.PublishedAsync(services.Clock.Now, ct),
        .. await services.Keys.PublishedEllipticAsync(services.Clock.Now, ct),
    ];
}
