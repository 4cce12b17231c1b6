using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth;

/// <summary>By what an app that asks for tokens says who it is: <c>client_id</c> and <c>client_secret</c> among the parameters, or in a
/// header where its platform takes that (RFC 6749 §2.3.1).</summary>
/// <param name="Secret">As it was sent; empty where none was.</param>
/// <param name="Decoded">The same where the RFC is followed, which has it encoded as in a form; many clients send it as it is.</param>
/// <param name="IsTwofold">Both ways at once, or a header that says nothing: one way of authentication a request.</param>
internal sealed record ClientProof(string Id, string Secret, string? Decoded = null, bool IsTwofold = false)
{
    private const string Scheme = "Basic ";

    /// <param name="takesHeader">Whether the platform takes HTTP Basic.</param>
    public static ClientProof Of(Call call, bool takesHeader)
    {
        var (id, secret) = (call.Parameters["client_id"], call.Parameters["client_secret"]);
        if (!takesHeader || !call.Http.Request.Headers.Authorization.Any(IsBasic))
            return new ClientProof(id, secret);

        var shown = call.Http.Request.Headers.Authorization is [{ } only] ? Read(only) : null;
        return shown is null
            ? new ClientProof(id, secret, IsTwofold: true)
            : shown with { IsTwofold = secret is not "" || (id is not "" && id != shown.Id) };
    }

    public bool Matches(App app) => ClientSecret.Matches(app, Secret) || (Decoded is not null && ClientSecret.Matches(app, Decoded));

    private static bool IsBasic(string? header) => header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) is true;

    /// <summary>Null for a header that cannot be read.</summary>
    private static ClientProof? Read(string header)
    {
        var encoded = header[Scheme.Length..].Trim();
        var bytes = new byte[encoded.Length];
        if (!Convert.TryFromBase64String(encoded, bytes, out var length))
            return null;

        var text = Encoding.UTF8.GetString(bytes.AsSpan(0, length));
        return text.IndexOf(':') is >= 0 and var colon
            ? new ClientProof(Decode(text[..colon]), text[(colon + 1)..], Decode(text[(colon + 1)..]))
            : null;
    }

    private static string Decode(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
