using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.OAuth.Grants;
using E = Yaopai.Errors.IdentityErrors.Common;

namespace Yaopai.Server.Surfaces.Identity.OAuth;

/// <summary>GET or POST /oauth2/refresh_token — trades a refresh token, once, for new tokens.</summary>
/// <remarks>The platform asks for no secret here. One that is sent is looked at, and an app can be registered to have to send it.</remarks>
internal sealed record RefreshToken(GrantKit Kit, CallerKit Callers, IdentityProfile Profile, UserTokens Tokens) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. AppRules.Named<Request>(),
        new(E.SecretMissing,              x => !x.OwesSecret || x.Caller.SpeaksOAuth),
        new(E.ClientSecretMissing,        x => !x.OwesSecret),
        new(E.GrantTypeMissing,           x => x["grant_type"] is not ""),
        new(E.RefreshTokenMissing,        x => x["refresh_token"] is not ""),
        new(E.GrantTypeUnsupported,       x => x["grant_type"] is IdentityGrantTypes.Refresh),
        new(E.AppIdUnknown,               x => x.App is { IsEnabled: true }),
        new(E.IpAddressForbidden,         x => x.Caller.IsOfAllowedAddress, why: x => x.Caller.WhyAddressIsForbidden()),
        new(E.CallsThrottled,             x => x.TryTakeAsync(),     why: x => x.Caller.WhyThrottled()),
        new(E.AppSecretIncorrect,         x => x.Caller.Secret is "" || x.SecretMatches, why: x => x.WhySecretIsWrong()),
        new(E.TypeForbidden,              x => IdentityGrantTypes.MayUse(x.App!, IdentityGrantTypes.Refresh)),
        new(E.RefreshTokenInvalid,        x => x.RefreshToken is not null, why: x => $"{x.Result}"),
        new(E.RefreshTokenOfAnotherClient, x => x.IsOfClient,        why: x => $"it was given to app {x.RefreshToken!.AppId}"),
        new(E.RefreshTokenExpired,        x => !x.IsExpired,         why: x => x.WhyExpired()),
        Rule.Claim<Request>(
            E.RefreshTokenInvalid, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the refresh token was used before"),
        new(E.RefreshTokenInvalid,        x => x.GrantHoldsAsync(),  why: _ => "the consent was withdrawn, or the grant was revoked"),
    ];

    public IOperation Define() => new Operation<Request>("identity", "RefreshToken", IdentityFailures.Rows())
    {
        Methods = ["GET", "POST"],
        Readers = Readers.NamedPages,
        Source = ParameterSource.FormOrJson,
        AdmitsByRules = true,
        Read = call => ValueTask.FromResult(new Request(call, this)),
        Client = x => ClientId.Parse(x.Caller.AppId),
        Rules = RuleLists.One(
            Rules, x => ValueTask.FromResult(Tokens.Of(x.App!, x.RefreshToken!.AccountId, x.Issue()))),
        Gives = Given.Tokens,
        Failures = IdentityFailures.OfApps,
    };

    internal sealed class Request(Call call, RefreshToken operation)
        : RefreshTokenGrant(call, operation.Kit, operation.Profile), IAppRequest
    {
        public AppCaller Caller { get; } = new(call, operation.Callers, "identity.refreshToken");

        public override string Secret => Caller.Secret;

        public bool OwesSecret => App is { RefreshNeedsSecret: true, IsPublic: false } && Caller.Secret is "";

        /// <summary>A refresh token is a person's: it may be on their phone.</summary>
        public async ValueTask<bool> TryTakeAsync()
        {
            await DecodeAsync();
            return await Caller.TryTakeAsync(
                Caller.Secret is not "" && SecretMatches ? CallerProof.OfApp
                : RefreshToken is not null && IsOfClient && !IsExpired ? CallerProof.OfPerson
                : CallerProof.None);
        }
    }
}
