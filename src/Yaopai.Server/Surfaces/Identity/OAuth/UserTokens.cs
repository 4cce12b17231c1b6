using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>What an app gets when a person is let in.</summary>
internal sealed class UserTokens(PairwiseIdentifiers identifiers)
{
    public Answer Of(App app, long accountId, IssuedTokens tokens) =>
        IdentityDialect.Ok((this, app, accountId, tokens), static (json, it) =>
        {
            var (self, app, accountId, tokens) = it;
            json.WriteString("access_token", tokens.AccessToken);
            json.WriteNumber("expires_in", (long)tokens.Lifetime.TotalSeconds);
            json.WriteString("refresh_token", tokens.RefreshToken);
            json.WriteString("openid", self.OpenIdOf(app, accountId));
            json.WriteString("scope", tokens.Scopes.Replace(' ', ','));
            json.WriteString("unionid", self.UnionIdOf(app, accountId));
        });

    public string OpenIdOf(App app, long accountId) => identifiers.OpenId(app.Id, accountId);

    public string UnionIdOf(App app, long accountId) => identifiers.UnionId(app.DeveloperId, accountId);
}
