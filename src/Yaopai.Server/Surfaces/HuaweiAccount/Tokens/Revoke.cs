using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Keys;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.Revoke;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>POST /oauth2/v3/revoke — kills an access token and the refresh token it belongs to, whichever of the two is shown.</summary>
internal sealed record Revoke(CredentialReader Reader, HuaweiAccountProfile Profile, Revoker Revoker) : IOperationDefinition
{
    // What is wrong with a text, from its letters to its meaning.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.TokenMissing,    x => x.Token.Text is not ""),
        new(E.TokenMalformed,  x => Formats.Credential.IsMatch(x.Token.Text)),
        new(E.TokenIllegal,    x => x.Token.Result is not UnsealResult.NotEncoded),
        new(E.TokenUnreadable, x => x.Token.Result is not UnsealResult.NotSealed),
        new(E.TokenUnverified, x => x.Token.Result is not UnsealResult.Unverified),
        new(E.TokenInvalid,    x => x.Token.Credential!.Kind is CredentialKind.AccessToken or CredentialKind.RefreshToken,
            why: x => $"a {x.Token.Credential!.Kind} was sent"),
        new(E.TokenExpired,    x => !x.Token.IsExpired,          why: x => x.Token.WhyInvalid()),
        new(E.TokenRevoked,    x => x.Token.IsNotRevokedAsync(), why: x => x.Token.WhyInvalid()),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "Revoke", E.All)
    {
        Readers = Readers.NamedPages,
        Read = async call => new Request(call, this, await BearerToken.ReadAsync(call, Reader, Profile, call.Parameters["token"])),
        Client = x => x.Token.AppId,
        IsProven = x => x.Token.IsProof,
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    internal sealed class Request(Call call, Revoke operation, BearerToken token)
    {
        public BearerToken Token => token;

        public async ValueTask<Answer> AnswerAsync()
        {
            await operation.Revoker.RevokeGrantAsync(token.Credential!, call.Ct);
            return HuaweiAccountDialect.Ok(HuaweiAccountDialect.Json, 0, static (_, _) => { });
        }
    }
}
