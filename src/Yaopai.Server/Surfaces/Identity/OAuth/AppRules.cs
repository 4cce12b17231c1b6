using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Grants;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>A request in which an app shows who it is.</summary>
internal interface IAppRequest
{
    AppCaller Caller { get; }
}

/// <summary>The rules that all endpoints for apps begin with, in the order that the contract fixes.</summary>
internal static class AppRules
{
    /// <summary>What the app has to send before anything else is looked at.</summary>
    public static Rule<T>[] Named<T>() where T : TokenRequest, IAppRequest =>
    [
        new(E.HttpsRequired,       x => x.Caller.IsSecure),
        new(E.AppIdMissing,        x => x.Caller.AppId is not ""),
    ];

    public static Rule<T>[] ShowsSecret<T>() where T : TokenRequest, IAppRequest =>
    [
        new(E.SecretMissing,       x => x.Caller.Secret is not "" || x.Caller.SpeaksOAuth || x.IsPublicClient),
        new(E.ClientSecretMissing, x => x.Caller.Secret is not "" || x.IsPublicClient),
    ];

    /// <summary>Nothing of a code or token is told before the app has proved who it is.</summary>
    /// <param name="type">The way to tokens that the app has to be allowed.</param>
    public static Rule<T>[] Proof<T>(string type) where T : TokenRequest, IAppRequest =>
    [
        new(E.AppIdUnknown,        x => x.App is { IsEnabled: true }),
        new(E.IpAddressForbidden,  x => x.Caller.IsOfAllowedAddress, why: x => x.Caller.WhyAddressIsForbidden()),
        new(E.CallsThrottled,      x => x.Caller.TryTakeAsync(!x.IsPublicClient && x.SecretMatches ? CallerProof.OfApp : CallerProof.None),
            why: x => x.Caller.WhyThrottled()),
        new(E.AppSecretIncorrect,  x => x.IsPublicClient ? x.Caller.Secret is "" : x.SecretMatches, why: x => x.WhySecretIsWrong()),
        new(E.TypeForbidden,       x => IdentityGrantTypes.MayUse(x.App!, type), why: x => $"app {x.App!.Id} may not use {type}"),
    ];
}
