using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using E = Yaopai.Errors.HuaweiAccountErrors.Certs;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>GET or POST /oauth2/v3/certs — the public keys that tokens of today and yesterday are signed with,
/// and soon those of tomorrow.</summary>
internal sealed record Certs(KeyRing Keys) : IOperationDefinition
{
    public IOperation Define() => new Operation<Call>("huawei", "Certs", E.All)
    {
        Methods = ["GET", "POST"],
        Source = ParameterSource.None,
        Readers = Readers.AllPages,
        Read = ValueTask.FromResult,
        Rules = RuleLists.One<Call>([], AnswerAsync),
        Gives = Given.Keys,
        Failures = new FailureErrors(E.All),
    };

    private async ValueTask<Answer> AnswerAsync(Call call)
    {
        var answer = HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, await KeysAsync(call), static (json, keys) =>
        {
            json.WriteStartArray("keys");
            foreach (var key in keys)
                key.Public.WriteTo(json);
            json.WriteEndArray();
        });
        return answer with { Kept = Keys.AllArePublished(call.Now) ? KeyRing.KeptFrom(call.Now) : TimeSpan.Zero };
    }

    /// <summary>RSA first, as clients that know no other keys expect.</summary>
    private async ValueTask<IEnumerable<SigningKey>> KeysAsync(Call call) =>
    [
        .. await Keys.PublishedAsync(call.Now, call.Ct),
        .. await Keys.PublishedEllipticAsync(call.Now, call.Ct),
    ];
}
