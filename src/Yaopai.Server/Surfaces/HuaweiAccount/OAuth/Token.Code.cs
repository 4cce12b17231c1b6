using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

// The grant of a code: what its rules ask of the request.
internal static partial class Token
{
    internal sealed partial class Request
    {
        public Credential Code { get; private set; } = null!;

        /// <summary>A client that can keep no secret proves itself by the verifier of its code.</summary>
        public bool IsPublicClient => App is { IsPublic: true } && this["client_secret"] is "" && this["code_verifier"] is not "";

        /// <summary>RFC 6749 §4.1.3: a redirect URI that the authorization request named has to come again, the same.</summary>
        public bool RedirectUriMatches => Code.Terms!.RedirectUriHash is not { } expected || HashesTo(expected, this["redirect_uri"]);

        /// <summary>RFC 7636 §4.6. A verifier where no challenge was given means that somebody took the challenge away (RFC 9700 §2.1.1).</summary>
        public bool VerifierMatches => Code.Terms!.ChallengeHash is { } expected
            ? Formats.CodeVerifier.IsMatch(this["code_verifier"]) && HashesTo(expected, this["code_verifier"])
            : this["code_verifier"] is ""; // which that of a public client never is

        public async ValueTask<bool> OpenCodeAsync()
        {
            var (_, credential) = await services.Reader.OpenAsync(this["code"], call.Ct);
            Code = credential!;
            return credential is { Kind: CredentialKind.Code };
        }

        /// <summary>The quota of a public client is spent, and its code is not.</summary>
        public bool IsThrottled { get; private set; }

        /// <summary>Uses the code up. Not for a request that a later rule refuses: a slip of the caller must not cost the person another sign-in.</summary>
        public async ValueTask<bool> ClaimCodeAsync()
        {
            GrantHolds = await services.Reader.GrantHoldsAsync(Code, call.Ct);
            if (!GrantHolds || !RedirectUriMatches || !VerifierMatches || !GroupIsThere)
                return !await services.Codes.WasUsedAsync(Code, call.Ct);

            if (IsPublicClient)
            {
                // Its code and verifier prove it, once: a code that was used may be anybody's who saw it used.
                if (await services.Codes.WasUsedAsync(Code, call.Ct))
                    return false;

                IsThrottled = !IsWithinQuota();
                if (IsThrottled)
                    return true;
            }

            await PrepareIdTokenAsync(Code); // whatever can fail fails before the code is spent
            return await services.Codes.TryUseAsync(Code, call.Ct);
        }

        public Answer AnswerCode()
        {
            var (access, refresh) = services.Issuer.Pair(Code);
            return Tokens(Code, access, refresh, Code.Terms!.Nonce, WantsGroup);
        }

        private static bool HashesTo(byte[] expected, string text) =>
            CryptographicOperations.FixedTimeEquals(expected, SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
