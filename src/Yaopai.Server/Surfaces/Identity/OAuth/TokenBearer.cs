using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>What endpoints that take a token work with.</summary>
internal sealed record BearerKit(CredentialReader Reader, CallerKit Callers, IdentityProfile Profile)
{
    /// <summary>The token of the parameter or, where there is none, of the Authorization header.</summary>
    public ValueTask<BearerToken> ReadAsync(Call call) => BearerToken.ReadAsync(
        call, Reader, Profile,
        call.Parameters["access_token"] is { Length: > 0 } parameter ? parameter : BearerToken.InHeader(call.Http.Request));
}

/// <summary>A request with an access token, of a person or of an app.</summary>
internal class TokenBearer(Call call, BearerToken token, CallerKit kit, string target)
{
    public string this[string parameter] => call.Parameters[parameter];

    public Call Call => call;

    public BearerToken Token => token;

    public Credential Granted => token.Credential!;

    public App App => token.App;

    public AppCaller Caller { get; } = new(call, kit, target);

    /// <summary>A token of ours, not revoked, of an app that may call. Whether it has expired is another question.</summary>
    public async ValueTask<bool> IsKnownAsync() =>
        token.IsAccessToken && call.App is { IsEnabled: true } && await token.IsNotRevokedAsync();
}

/// <summary>The rules that all endpoints with a token begin with, in the order that the contract fixes.</summary>
internal static class BearerRules
{
    /// <summary>For a token of a person, with what it has to open.</summary>
    public static Rule<T>[] OfUser<T>(Func<T, bool>? opens = null) where T : TokenBearer =>
    [
        .. Alive<T>(),
        new(E.CredentialInvalid,    x => x.Token.IsOfUser,         why: _ => "the token is of an app alone"),
        .. Admitted<T>(),
        new(E.AccessTokenForbidden, x => opens is null || opens(x), why: x => $"the token opens {x.Granted.Scopes}"),
    ];

    /// <summary>For the token of an app. An appid that comes along has to be that app's.</summary>
    public static Rule<T>[] OfApp<T>() where T : TokenBearer =>
    [
        .. Alive<T>(),
        new(E.CredentialInvalid,    x => x.Token.IsOfApp,          why: _ => "the token is a person's"),
        new(E.CredentialInvalid,    x => x.Caller.AppId is "" || ClientId.Parse(x.Caller.AppId) == x.Granted.AppId,
            why: x => $"the token was issued to app {x.Granted.AppId}"),
        .. Admitted<T>(),
    ];

    private static Rule<T>[] Alive<T>() where T : TokenBearer =>
    [
        new(E.HttpsRequired,        x => x.Caller.IsSecure),
        new(E.AccessTokenMissing,   x => x.Token.Text is not ""),
        new(E.AccessTokenInvalid,   x => x.IsKnownAsync(),         why: x => x.Token.WhyInvalid()),
        new(E.AccessTokenExpired,   x => !x.Token.IsExpired,       why: x => x.Token.WhyInvalid()),
    ];

    private static Rule<T>[] Admitted<T>() where T : TokenBearer =>
    [
        new(E.IpAddressForbidden,   x => x.Caller.IsOfAllowedAddress, why: x => x.Caller.WhyAddressIsForbidden()),
        new(E.CallsThrottled,       x => x.Caller.TryTakeAsync(x.Token.IsOfApp ? CallerProof.OfApp : CallerProof.OfPerson),
            why: x => x.Caller.WhyThrottled()),
    ];
}
