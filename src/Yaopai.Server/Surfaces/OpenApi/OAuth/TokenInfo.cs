using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /oauth/2.0/tokeninfo — what an access token opens, whose it is and for how long.</summary>
internal sealed record TokenInfo(ApiCredentials Credentials) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.RequestMalformed, x => TextIn(x.Call) is not ""),
        new(E.GrantInvalid,     x => x.Read.Status is CredentialStatus.Valid, why: x => $"the token is {x.Read.Status}"),
        new(E.GrantInvalid,     x => x.App is not null), // deleted since
    ];

    public IOperation Define() => new Operation<Request>("open", "TokenInfo", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        Read = async call => new Request(call, await Credentials.ReadAccessTokenAsync(call, TextIn(call))),
        Client = x => x.Read.Credential?.AppId,
        IsProven = x => x.Read.Status is CredentialStatus.Valid,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Failures = OpenApiFailures.OfOAuth,
    };

    private static string TextIn(Call call) =>
        call.Parameters["access_token"] is { Length: > 0 } parameter ? parameter : BearerToken.InHeader(call.Http.Request);

    internal sealed class Request(Call call, ApiCredential read)
    {
        public Call Call => call;

        public App? App => call.App;

        public ApiCredential Read => read;

        public Answer Answer() => OpenApiDialect.Ok((Token: read.Credential!, Now: call.NowFor(App!.Id)), static (json, it) =>
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
