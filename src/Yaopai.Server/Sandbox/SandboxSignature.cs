using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Sandbox;

/// <summary>Why a signature is refused: the string that the server signs, and where the caller's own begins to differ. No secret is ever in the answer.</summary>
internal sealed class SandboxSignature(AppDirectory apps, SigningSecrets appSecrets, SessionSecrets sessionSecrets)
{
    private const int Around = 20;

    /// <param name="Parameters">Of query and form together, as they were sent.</param>
    /// <param name="BaseString">What the caller put together, without the secret; nothing where only the server's is asked for.</param>
    internal sealed record Request(Dictionary<string, string>? Parameters, string? BaseString);

    /// <param name="SignedWith">Whose secret made the signature: the app's, the session's, or none of this call.</param>
    /// <param name="FirstDifference">The character, from 0, at which the two strings part, with what stands there in each; null where they do not.</param>
    internal sealed record Explanation(
        string SignatureName, string SignMethod, string BaseString, IReadOnlyList<string> LeftOut, string SignedWith, Difference? FirstDifference);

    internal sealed record Difference(int At, string Expected, string Actual);

    public async Task<(Explanation? Explanation, Problem? Problem)> HandleAsync(Request request, CancellationToken ct)
    {
        if (request.Parameters is not { Count: > 0 } parameters)
            return (null, Problem.Invalid("parameters: an object of texts, all parameters of the call with its signature."));

        var name = parameters.ContainsKey("bd_sig") ? "bd_sig" : "sign";
        if (Signature.MethodOf(parameters.GetValueOrDefault("sign_method", "")) is not { } method)
            return (null, Problem.Invalid("sign_method: nothing, \"md5\" or \"hmac-sha256\"."));

        var expected = Signature.BaseString(parameters, name, withEmpty: false);
        var withEmpty = Signature.BaseString(parameters, name, withEmpty: true);
        var near = request.BaseString == withEmpty ? withEmpty : expected; // either reading of empty values will do
        return (new Explanation(
            name,
            method is SignatureMethod.Md5 ? "md5: the secret is appended" : "hmac-sha256: the secret is the key",
            near,
            near == expected ? [.. parameters.Where(parameter => parameter.Value is "" && parameter.Key != name).Select(parameter => parameter.Key)] : [],
            await SignerAsync(parameters, name, method, ct),
            request.BaseString is { } actual ? Compare(near, actual) : null), null);
    }

    private async Task<string> SignerAsync(Dictionary<string, string> parameters, string name, SignatureMethod method, CancellationToken ct)
    {
        var sign = parameters.GetValueOrDefault(name, "");
        if (parameters.TryGetValue("session_key", out var session) && Signature.Holds(method, parameters, name, sign, sessionSecrets.Of(session)))
            return "session";

        var key = parameters.GetValueOrDefault("api_key") ?? parameters.GetValueOrDefault("client_id") ?? "";
        if (long.TryParse(key, out var id) && await apps.FindAsync(id, ct) is { } app)
        {
            foreach (var secret in await appSecrets.OpenAsync(app, ct))
            {
                if (Signature.Holds(method, parameters, name, sign, secret))
                    return "app";
            }
        }

        return "neither";
    }

    private static Difference? Compare(string expected, string actual)
    {
        var at = expected.AsSpan().CommonPrefixLength(actual);
        return at == expected.Length && at == actual.Length ? null : new Difference(at, From(expected, at), From(actual, at));
    }

    private static string From(string text, int at) => at >= text.Length ? "" : text[at..Math.Min(text.Length, at + Around)];
}
