using Microsoft.Extensions.Options;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.OAuth;

/// <summary>The sessions of the pages: credentials of no platform.</summary>
internal sealed class SessionProfile(IOptions<GrantOptions> options)
{
    public CredentialProfile Credentials { get; } = new()
    {
        Realm = 5,
        Kinds = new HashSet<CredentialKind> { CredentialKind.Session },
        Text = new Base64UrlText(),
        Lifetimes = new Lifetimes(
            default, AccessToken: options.Value.SessionLifetime, RefreshToken: options.Value.SessionLifetime, default, default, default),
    };
}
