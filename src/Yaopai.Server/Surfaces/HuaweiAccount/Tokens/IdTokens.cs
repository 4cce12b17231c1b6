using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Surfaces.HuaweiAccount.People;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>The ID token: who signed in, for which app, as far as the scopes go.</summary>
internal sealed class IdTokens(
    PairwiseIdentifiers identifiers, IAppClock clock, IOptions<HuaweiAccountOptions> options, IIdTokenSeam? seam = null)
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    /// <summary>What ID tokens are signed with; other tokens may be with more.</summary>
    public static readonly IReadOnlyList<JoseAlgorithm> Algorithms = [JoseAlgorithm.RS256, JoseAlgorithm.PS256];

    /// <summary>What is not offered falls back to RS256.</summary>
    public static JoseAlgorithm AlgorithmFor(string supportAlg) =>
        Algorithms.FirstOrDefault(algorithm => algorithm.Name == supportAlg) ?? JoseAlgorithm.RS256;

    /// <param name="nonce">From the authorization request; <c>default</c> stands for none, as the platform's own client has it. Null where
    /// the token comes of a refresh: then there is none (OpenID Connect Core §12.2).</param>
    public string Sign(
        SigningKey key, JoseAlgorithm algorithm, App app, Account account, Credential granted, string accessToken, string? nonce)
    {
        var issuedAt = clock.NowFor(app.Id).ToUnixTimeSeconds();
        var client = app.Id.ToString();
        var payload = Gateway.Json.Write(0, (json, _) =>
        {
            json.WriteString("at_hash", AccessTokenHash.Of(accessToken));
            json.WriteString("sub", identifiers.UnionId(app.DeveloperId, account.Id));
            json.WriteString("iss", options.Value.Issuer);
            if (HuaweiAccountProfile.OpensProfile(granted))
            {
                json.WriteString("name", Display.NameOf(account)); // what libraries show as the name
                json.WriteString("display_name", Display.NameOf(account));
                if (account.Nickname is not null)
                    json.WriteString("nickname", account.Nickname);
                if (account.AvatarUrl is not null)
                    json.WriteString("picture", account.AvatarUrl);
            }

            if (granted.Covers("email") && account.Email is not null)
            {
                json.WriteString("email", account.Email);
                json.WriteBoolean("email_verified", account.EmailVerified);
            }

            if (OneTap.SharesMasked(app, granted) && account.ProvedPhone is { } phone && OneTap.ForeignRegionOf(account) is null)
                json.WriteString("anonymized_login_mobile_number", Masked.Phone(phone));

            json.WriteString("aud", client);
            json.WriteString("azp", client);
            json.WriteNumber("exp", issuedAt + (long)s_lifetime.TotalSeconds);
            json.WriteNumber("iat", issuedAt);
            if (nonce is not null)
                json.WriteString("nonce", nonce is "" ? "default" : nonce);
            json.WriteString("openid", identifiers.OpenId(app.Id, account.Id));
        });

        return seam?.Sign(key, algorithm, payload) ?? JsonWebToken.Sign(key, algorithm, payload);
    }
}
