using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.HuaweiAccountErrors.Revoke;

namespace Yaopai.Server.Surfaces.HuaweiAccount.Tokens;

/// <summary>POST /oauth2/v3/revoke — kills an access token and the refresh token it belongs to, whichever of the two is shown.</summary>
internal static class Revoke
{
    // What is wrong with a text, from its letters to its meaning.
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.TokenMissing,    x => x.Text is not ""),
        new(E.TokenMalformed,  x => Formats.Credential.IsMatch(x.Text)),
        new(E.TokenIllegal,    x => x.Reading is not Reading.NotBase64),
        new(E.TokenUnreadable, x => x.Reading is not Reading.NotACredential),
        new(E.TokenUnverified, x => x.Reading is not Reading.Unverified),
        new(E.TokenInvalid,    x => x.Token!.Kind is CredentialKind.AccessToken or CredentialKind.RefreshToken),
        new(E.TokenExpired,    x => !x.Token!.IsExpiredAt(x.Now)),
        new(E.TokenRevoked,    x => x.HoldsAsync()),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "Revoke", E.All)
    {
        Admission = services.Admission,
        Read = call => Request.ReadAsync(call, services),
        Client = x => x.Token?.AppId,
        IsProven = x => x.Token is { } token && !token.IsExpiredAt(services.Clock.NowFor(token.AppId)),
        RuleLists = [Rules],
        Answer = x => x.AnswerAsync(),
        Failures = new FailureErrors(
            E.All,
            (Failure.StorageFailed, E.Internal),
            (Failure.StorageConflict, E.Internal),
            (Failure.KeyLost, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, IAppClock Clock, CredentialReader Reader, Revoker Revoker);

    internal sealed class Request(Call call, Services services, Reading reading, Credential? token)
    {
        public static async ValueTask<Request> ReadAsync(Call call, Services services)
        {
            var (reading, token) = await services.Reader.OpenAsync(call.Parameters["token"], call.Ct);
            return new Request(call, services, reading, token);
        }

        public string Text => call.Parameters["token"];

        public Reading Reading => reading;

        public Credential? Token => token;

        public DateTimeOffset Now => services.Clock.NowFor(token!.AppId);

        public ValueTask<bool> HoldsAsync() => services.Reader.HoldsAsync(token!, call.Ct);

        public async ValueTask<Answer> AnswerAsync()
        {
            await services.Revoker.RevokeGrantAsync(token!, call.Ct);
            return HuaweiAccountDialect.Ok(HuaweiAccountDialect.Json, 0, static (_, _) => { });
        }
    }
}
