using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

internal static partial class Token
{
    /// <summary>The request, and what the rules have loaded for it so far.</summary>
    internal sealed class Request(Call call, Services services)
    {
        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        /// <summary>Null for what is none of the five.</summary>
        public string? GrantType => this["grant_type"] is var type && type is not OpenGrants.Implicit && OpenGrants.All.Contains(type) ? type : null;

        public DateTimeOffset Now => services.Clock.NowFor(App!.Id);

        /// <summary>What was shown: a code, that of a device, or a refresh token.</summary>
        public Credential Code { get; private set; } = null!;

        public DeviceAuthorization? Device { get; private set; }

        public Account? Person { get; private set; }

        public bool GrantHolds { get; private set; }

        public bool IsPublicClient => App is { IsPublic: true };

        public string[] Scopes => GrantType switch
        {
            OpenGrants.Refresh => this["scope"] is "" ? Yaopai.Server.OAuth.Scopes.Split(Code.Scopes) : OAuthFormats.Scopes(this["scope"], ""),
            OpenGrants.AppAlone => OAuthFormats.Scopes(this["scope"], OpenScopes.Public),
            _ => OAuthFormats.Scopes(this["scope"], OpenScopes.Default),
        };

        public bool RedirectUriMatches => Code.Terms!.RedirectUriHash is not { } expected || HashesTo(expected, this["redirect_uri"]);

        /// <summary>
        /// RFC 7636 §4.6. A public client without a challenge has proved nothing; a verifier where no challenge was given means that somebody
        /// took the challenge away (RFC 9700 §2.1.1).
        /// </summary>
        public bool VerifierMatches => Code.Terms!.ChallengeHash is { } expected
            ? HashesTo(expected, this["code_verifier"])
            : this["code_verifier"] is "" && !IsPublicClient;

        public bool IsAnswered => Device!.State is not (DeviceState.Waiting or DeviceState.Scanned);

        public bool IsPolledInTime => services.Devices.IsPolledInTime(CredentialRealm.OpenApi, Device!);

        /// <summary>What RFC 8628 §3.5 calls the refusal of a device that has to go on asking.</summary>
        public string? WaitName => Device is null ? null : !IsPolledInTime ? "slow_down" : !IsAnswered ? "authorization_pending" : null;

        public bool IsWithinQuota() => services.Quotas.TryTake(App!, "open.token");

        public async ValueTask<bool> OpenCodeAsync(CredentialKind kind)
        {
            Code = (await services.Credentials.OpenCodeAsync(kind, this["code"], call.Ct))!;
            return Code is not null;
        }

        public async ValueTask<bool> OpenRefreshTokenAsync()
        {
            Code = (await services.Credentials.OpenRefreshTokenAsync(this["refresh_token"], call.Ct))!;
            return Code is not null;
        }

        /// <summary>Uses the code up. Not for a request that a later rule refuses: a slip of the caller must not cost the person another sign-in.</summary>
        public async ValueTask<bool> ClaimCodeAsync()
        {
            GrantHolds = await services.Reader.GrantHoldsAsync(Code, call.Ct);
            return GrantHolds && RedirectUriMatches && VerifierMatches
                ? await services.Codes.TryUseAsync(Code, call.Ct)
                : !await services.Codes.WasUsedAsync(Code, call.Ct);
        }

        /// <remarks>
        /// Looks at the grant before it looks for the use: a second use revokes the grant when the first is written, so that whoever sees the
        /// revocation sees the use too.
        /// </remarks>
        public async ValueTask<bool> IsUnusedAsync()
        {
            var (consent, revocations) = await services.Grants.FindAsync(Code.AppId, Code.AccountId, Code.GrantId, call.Ct);
            GrantHolds = consent is not null && revocations.All(revocation => Code.ValidSince > revocation.Before);
            return !await services.RefreshTokens.WasUsedAsync(Code, call.Ct);
        }

        public ValueTask<bool> ClaimRefreshTokenAsync() => services.RefreshTokens.TryUseAsync(Code, call.Ct);

        /// <summary>Finds what came of the device code, and counts the poll. False when nothing is kept of it.</summary>
        public async ValueTask<bool> PollAsync()
        {
            Device = await services.Devices.PollAsync(Code, call.Ct);
            return Device is not null;
        }

        /// <summary>Takes the tokens' turn. Polls of one device may overlap, so the loser does not take the winner's tokens with it.</summary>
        public async ValueTask<bool> ClaimDeviceAsync()
        {
            Code = DeviceAuthorizations.Grant(Code, Device!);
            GrantHolds = await services.Reader.GrantHoldsAsync(Code, call.Ct);
            return GrantHolds ? await services.Devices.TryTakeAsync(Device!, call.Ct) : Device!.State is not DeviceState.Taken;
        }

        /// <summary>False for whom no password would help. Whether the password was right, the person's being there says.</summary>
        public async ValueTask<bool> MaySignInAsync()
        {
            var attempt = new SignInAttempt(this["username"], this["password"], call.Peer, DeviceId: "");
            (var outcome, Person) = await services.SignIn.TryAsync(attempt, call.Ct);
            return outcome is SignInOutcome.SignedIn or SignInOutcome.Refused;
        }

        public async ValueTask<Answer> AnswerAsync() => OpenApiDialect.Tokens(GrantType switch
        {
            OpenGrants.AppAlone => services.Issuer.AppTokens(App!.Id, string.Join(' ', Scopes), call.ReceivedAt),
            OpenGrants.Password => services.Issuer.Tokens(await ConsentAsync(), string.Join(' ', Scopes), isOffline: true, call.ReceivedAt),
            OpenGrants.Refresh => services.Issuer.Tokens(Code, string.Join(' ', Scopes), call.ReceivedAt),
            _ => services.Issuer.Tokens(Code, Code.Scopes, Code.ValidSince),
        });

        /// <summary>Who gives an app their password allows it what it asks for, and can take that back like any consent.</summary>
        private Task<Consent> ConsentAsync() =>
            services.Consents.AddAsync(new Consent(Person!.Id, App!.Id, Scopes, PhoneId: null, Now), call.Ct);

        private static bool HashesTo(byte[] expected, string text) =>
            CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
