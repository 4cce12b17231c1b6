using System.Net;
using System.Text.Json;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>What people do and read, without a browser and without a phone.</summary>
internal sealed class PeopleEndpoints(
    SandboxSignIn signIn, SandboxFriends friends, SandboxFollows follows, SandboxMessages messages) : ISandboxEndpoints
{
    public void Map(SandboxRoutes routes)
    {
        routes.Post<SandboxSignIn.Request>("/sandbox/sign-in", SignInAsync);
        routes.Post<SandboxFriends.Request>("/sandbox/friends", async (http, request) =>
            SandboxAnswer.From(await friends.HandleAsync(request, http.RequestAborted), known => new { friends = known }));
        routes.Post<SandboxFollows.Request>("/sandbox/follow", async (http, request) =>
            SandboxAnswer.From(await follows.HandleAsync(request, http.RequestAborted), followed => new { followed }));
        routes.Get("/sandbox/messages", http => ShowMessagesAsync(http.Request.Query, http.RequestAborted));
    }

    private async Task<SandboxAnswer> SignInAsync(HttpContext http, SandboxSignIn.Request request)
    {
        var peer = http.Connection.RemoteIpAddress ?? IPAddress.None;
        var (outcome, problem) = await signIn.HandleAsync(request, peer, http.RequestAborted);
        return problem is null ? SandboxAnswer.Of(new { outcome = SandboxSignIn.NameOf(outcome) }) : problem;
    }

    /// <summary>Verification codes, as a person reads them on a phone; of a member who is named, what is in their inbox.</summary>
    private async Task<SandboxAnswer> ShowMessagesAsync(IQueryCollection query, CancellationToken ct)
    {
        if (query["user_id"].ToString() is { Length: > 0 } userId)
        {
            return SandboxAnswer.From(
                await follows.InboxAsync(query["tenant"].ToString(), userId, ct), inbox => new { messages = inbox });
        }

        return SandboxAnswer.Of(new
        {
            messages = messages.List(query["to"].ToString().Replace(' ', '+'))
                .Select(message => new
                {
                    message.To,
                    Kind = JsonNamingPolicy.SnakeCaseLower.ConvertName($"{message.Kind}"),
                    message.Code,
                    message.SentAt,
                    expires_at = message.SentAt + message.Lifetime,
                }),
        });
    }
}
