using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>GET or POST /connect/2.0/logout — ends a person's session at the pages, and leads back to the app.</summary>
/// <remarks>The token says whose: who has none of the person cannot sign them out by a link.</remarks>
internal sealed record Logout(ApiCredentials Credentials, Sessions Sessions) : IOperationDefinition
{
    public const string Path = "/connect/2.0/logout";

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.RequestMalformed,    x => x["access_token"] is not ""),
        new(E.RequestMalformed,    x => x["next"] is not ""),
        new(E.GrantInvalid,        x => x.Read.Status is CredentialStatus.Valid, why: x => $"the token is {x.Read.Status}"),
        new(E.GrantInvalid,        x => x.App is not null), // deleted since
        new(E.RequestMalformed,    x => RedirectUri.IsWellFormed(x["next"])),
        new(E.RedirectUriMismatch, x => RedirectUri.IsRegistered(x.App!, x["next"]),
            why: x => RedirectUri.WhyUnregistered(x.App!, x["next"])),
    ];

    public IOperation Define() => new Operation<Request>("open", "Logout", OpenApiFailures.OAuthRows)
    {
        Methods = ["GET", "POST"],
        IsForPeople = true,
        Read = async call => new Request(call, await Credentials.ReadAccessTokenAsync(call, call.Parameters["access_token"])),
        Client = x => x.Read.Credential?.AppId,
        IsProven = x => x.Read.Status is CredentialStatus.Valid,
        Rules = RuleLists.One(Rules, AnswerAsync),
        Failures = OpenApiFailures.OfOAuth,
    };

    private async ValueTask<Answer> AnswerAsync(Request x)
    {
        if (await Sessions.FindAsync(x.Call.Http, x.Call.Ct) is { } person && person.Account.Id == x.Read.Credential!.AccountId)
            await Sessions.EndAsync(x.Call.Http, x.Call.Ct);

        return Answer.Redirect(x["next"]);
    }

    internal sealed class Request(Call call, ApiCredential read)
    {
        public string this[string parameter] => call.Parameters[parameter];

        public Call Call => call;

        public App? App => call.App;

        public ApiCredential Read => read;
    }
}
