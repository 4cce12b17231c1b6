using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

// The grant of a refresh token: what its rules ask of the request.
internal static partial class Token
{
    internal sealed partial class Request
    {
        public Credential? Refresh { get; private set; }

        public string[] RequestedScopes => this["scope"].Split(' ', StringSplitOptions.RemoveEmptyEntries);

        public async ValueTask<bool> DecodeRefreshTokenAsync()
        {
            var (reading, credential) = await services.Reader.OpenAsync(this["refresh_token"], call.Ct);
            Refresh = credential is { Kind: CredentialKind.RefreshToken } ? credential : null;
            return reading is not Reading.NotBase64;
        }

        public async ValueTask<bool> RefreshGrantHoldsAsync()
        {
            var (consent, revocations) = await services.Grants.FindAsync(Refresh!.AppId, Refresh.AccountId, Refresh.GrantId, call.Ct);
            return consent is not null && revocations.All(revocation => Refresh.ValidSince > revocation.Before);
        }

        public async ValueTask<Answer> AnswerRefreshAsync()
        {
            var granted = this["scope"] is "" ? Refresh! : Refresh! with { Scopes = string.Join(' ', RequestedScopes.Distinct()) };
            await PrepareIdTokenAsync(granted);
            return Tokens(granted, services.Issuer.AccessToken(granted, granted.Scopes, call.ReceivedAt), refresh: null, nonce: "", withGroup: false);
        }
    }
}
