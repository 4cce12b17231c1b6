using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>Why a signature is refused: the string that the server signs, and where the caller's own begins to differ.</summary>
internal sealed class SignatureExplanation(AppDirectory apps, SigningSecrets appSecrets, SessionSecrets sessionSecrets)
    : ISignatureExplanation
{
    public async Task<(SignatureExplained? Explanation, Problem? Problem)> ExplainAsync(SignatureQuestion question, CancellationToken ct)
    {
        if (question.Parameters is not { Count: > 0 } parameters)
            return (null, Problem.Invalid("parameters: an object of texts, all parameters of the call with its signature."));

        if (parameters.FirstOrDefault(parameter => parameter.Value is null) is { Key: { } empty })
            return (null, Problem.Invalid($"parameters: \"{empty}\" is null. What was not sent is left out, and what was empty is \"\"."));

        var name = parameters.ContainsKey("bd_sig") ? "bd_sig" : "sign";
        if (Signature.MethodOf(parameters.GetValueOrDefault("sign_method", "")) is not { } method)
            return (null, Problem.Invalid("sign_method: nothing, \"md5\" or \"hmac-sha256\"."));

        var expected = Signature.Scheme.BaseString(parameters, name);
        var withEmpty = Signature.Scheme.BaseString(parameters, name, withEmpty: true);
        var near = question.BaseString == withEmpty ? withEmpty : expected; // either reading of empty values will do
        return (new SignatureExplained(
            name,
            Signature.Describe(method),
            near,
            near == expected ? [.. parameters.Where(parameter => parameter.Value is "" && parameter.Key != name).Select(parameter =>
                parameter.Key)] : [],
            await SignerAsync(parameters, name, method, ct),
            question.BaseString is { } actual ? TextDifference.Of(near, actual) : null), null);
    }

    private async Task<string> SignerAsync(Dictionary<string, string> parameters, string name, SignatureMethod method, CancellationToken ct)
    {
        var sign = parameters.GetValueOrDefault(name, "");
        if (parameters.TryGetValue("session_key", out var session)
            && Signature.Scheme.Holds(method, parameters, name, sign, sessionSecrets.Of(session)))
            return "session";

        var key = parameters.GetValueOrDefault("api_key") ?? parameters.GetValueOrDefault("client_id") ?? "";
        if (ClientId.Parse(key) is { } id && await apps.FindAsync(id, ct) is { } app)
        {
            foreach (var secret in await appSecrets.OpenAsync(app, ct))
            {
                if (Signature.Scheme.Holds(method, parameters, name, sign, secret))
                    return "app";
            }
        }

        return "neither";
    }
}
