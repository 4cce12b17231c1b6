using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth.Grants;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

// The grants as this platform answers them.
internal sealed partial record Token
{
    internal sealed class CodeRequest(Call call, Token operation) : CodeGrant(call, operation.Kit, operation.Profile)
    {
        public UserTokens Tokens { get; } = new(call, operation.UserTokens);

        /// <summary>A client that can keep no secret proves itself by the verifier of its code.</summary>
        public bool ProvesItselfByVerifier => App is { IsPublic: true } && this["client_secret"] is "" && this["code_verifier"] is not "";

        public Answer Answer() => Tokens.Answer(Code, Issue(), Code.Terms!.Nonce, withGroup: Tokens.WantsGroup);

        protected override ValueTask PrepareAsync() => Tokens.PrepareAsync(Code);
    }

    internal sealed class RefreshRequest(Call call, Token operation) : RefreshTokenGrant(call, operation.Kit, operation.Profile)
    {
        private readonly UserTokens _tokens = new(call, operation.UserTokens);

        public async ValueTask<Answer> AnswerAsync()
        {
            var granted = RefreshToken! with { Scopes = string.Join(' ', Scopes) };
            await _tokens.PrepareAsync(granted);
            return _tokens.Answer(granted, Issue(), nonce: null, withGroup: false);
        }
    }

    internal sealed class DeviceRequest(Call call, Token operation) : DeviceGrant(call, operation.Kit, operation.Profile)
    {
        public UserTokens Tokens { get; } = new(call, operation.UserTokens);

        public Answer Answer() => Tokens.Answer(Granted, Issue(), nonce: "", withGroup: Tokens.WantsGroup, withOpenId: true);

        protected override ValueTask PrepareAsync() => Tokens.PrepareAsync(Granted);
    }

    private static Answer AnswerApp(ClientCredentialsGrant x) =>
        HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, x.Issue(scopes: ""), static (json, it) =>
        {
            json.WriteString("access_token", it.AccessToken);
            json.WriteNumber("expires_in", (long)it.Lifetime.TotalSeconds);
            json.WriteString("token_type", "Bearer");
        });
}
