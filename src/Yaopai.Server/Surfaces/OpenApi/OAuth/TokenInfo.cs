using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/tokeninfo — what an access token opens, whose it is and for how long.</summary>
internal static class TokenInfo
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.RequestMalformed, x => x["access_token"] is not ""),
        new(E.GrantInvalid,     x => x.Read.Standing is OpenStanding.Holds),
        new(E.GrantInvalid,     x => x.App is not null), // deleted since
    ];

    public static Operation<Request> Operation(Services services) => new("open", "TokenInfo", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        Admission = services.Admission,
        Read = async call => new Request(call, services.Clock, await services.Credentials.ReadAccessTokenAsync(call.Parameters["access_token"], call.Ct)),
        Client = x => x.Read.Credential?.AppId,
        IsProven = x => x.Read.Standing is OpenStanding.Holds,
        RuleLists = [Rules],
        Answer = x => ValueTask.FromResult(x.Answer()),
        Failures = OpenApiFailures.OfOAuth,
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, OpenCredentials Credentials, IAppClock Clock);

    internal sealed class Request(Call call, IAppClock clock, OpenCredential read)
    {
        public string this[string parameter] => call.Parameters[parameter];

        public App? App => call.App;

        public OpenCredential Read => read;

        public Answer Answer() => OpenApiDialect.Ok((Token: read.Credential!, Now: clock.NowFor(App!.Id)), static (json, it) =>
        {
            json.WriteString("client_id", $"{it.Token.AppId}");
            if (it.Token.Kind is CredentialKind.AccessToken)
                json.WriteNumber("userid", it.Token.AccountId);
            json.WriteString("scope", it.Token.Scopes);
            json.WriteNumber("create_time", it.Token.IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber("expires_in", (long)(it.Token.ExpiresAt - it.Now).TotalSeconds);
        });
    }
}
