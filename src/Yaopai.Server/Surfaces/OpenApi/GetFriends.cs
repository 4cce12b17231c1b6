using Yaopai.Server.Accounts;
using Yaopai.Server.Protocol;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>friends/getFriends — whom the person has for friends, page by page.</summary>
internal static class GetFriends
{
    private const int LargestPage = 500;
    private const int LastPage = 10_000;

    internal static readonly Rule<Exchange>[] Rules =
    [
        new(E.ParameterMalformed, x => x.PageNo is >= 0 and <= LastPage && x.PageSize is > 0 and <= LargestPage && x["sort_type"] is "" or "0" or "1"),
    ];

    public static Operation<Exchange> Operation(Services services) => new ApiMethod("GetFriends", Audience.Users, Scope: "basic").Operation(
        services.Api, Rules, (call, caller) => new Exchange(call, caller), x => x.AnswerAsync(services.Friends));

    internal sealed record Services(ApiServices Api, IFriendStore Friends);

    internal sealed class Exchange(Call call, ApiCaller caller) : ApiExchange(call, caller)
    {
        public long? PageNo => this["page_no"] is { Length: > 0 } text ? Number(text) : 0;

        public long? PageSize => this["page_size"] is { Length: > 0 } text ? Number(text) : LargestPage;

        public async ValueTask<Answer> AnswerAsync(IFriendStore friends)
        {
            var order = this["sort_type"] is "1" ? FriendOrder.LastSignIn : FriendOrder.AddedAt;
            var size = (int)PageSize!.Value;
            var page = await friends.ListAsync(UserId!.Value, order, (int)PageNo!.Value * size, size, Call.Ct);
            return OpenApiDialect.OkList(page, static (json, it) =>
            {
                foreach (var friend in it)
                {
                    json.WriteStartObject();
                    json.WriteString("uname", friend.Name);
                    json.WriteString("uid", friend.AccountId.ToString());
                    json.WriteString("portrait", friend.AvatarUrl ?? "");
                    json.WriteEndObject();
                }
            });
        }
    }
}
