using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Grants;

/// <summary>RFC 6749 §4.4: an app that proves itself, and gets a token of its own.</summary>
internal class ClientCredentialsGrant(Call call, GrantKit kit, SurfaceProfile profile) : TokenRequest(call, kit, profile)
{
    /// <summary>A quota that the contract fixes.</summary>
    public bool IsWithin(string what, int limit, TimeSpan window) => Kit.Quotas.TryTake(App!, what, limit, window);

    /// <param name="tenantId">The organisation that the token is for; 0 where the platform has none.</param>
    public IssuedTokens Issue(string scopes, long tenantId = 0) =>
        Kit.Issuer.AppTokens(Credentials, App!.Id, scopes, IssuedOn(Call.ReceivedAt), tenantId);
}
