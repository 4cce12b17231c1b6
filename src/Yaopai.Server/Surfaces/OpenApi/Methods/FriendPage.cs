using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>A call for a page of the person's friends.</summary>
internal sealed class FriendPage(Call call, ApiCaller caller) : ApiRequest(call, caller)
{
    private const int LargestPage = 500;
    private const int LastPage = 10_000;

    internal static readonly string[] Parameters = ["uid", "page_no", "page_size", "sort_type"];

    internal static readonly Rule<FriendPage>[] Rules =
    [
        new(E.UserDataForbidden,  x => x.ConcernsCallerOnly), // whom others have for friends is theirs to say
        new(E.ParameterMalformed, x => x.SubjectId is not null && x.PageNo is >= 0 and <= LastPage && x.PageSize is > 0 and <= LargestPage),
        new(E.ParameterMalformed, x => x["sort_type"] is "" or "0" or "1"),
    ];

    private long? PageNo => this["page_no"] is { Length: > 0 } text ? Number(text) : 0;

    private long? PageSize => this["page_size"] is { Length: > 0 } text ? Number(text) : LargestPage;

    private FriendOrder Order => this["sort_type"] is "1" ? FriendOrder.LastSignIn : FriendOrder.AddedAt;

    public Task<IReadOnlyList<Friend>> ReadAsync(IFriendStore friends, FriendUse? use = null) =>
        friends.ListAsync(UserId!.Value, Order, use, (int)(PageNo!.Value * PageSize!.Value), (int)PageSize.Value, Call.Ct);

    /// <param name="app">Whose call it is.</param>
    public static void Write(DocumentWriter json, Friend friend, PortraitTokens portraits, long app)
    {
        json.WriteString("uname", friend.Name);
        json.WriteString("uid", friend.AccountId.ToString());
        json.WriteString("portrait", portraits.Of(app, friend.AccountId));
    }

    public Answer Answer(IReadOnlyList<Friend> page, PortraitTokens portraits) =>
        OpenApiDialect.OkList((page, portraits, AppId!.Value), static (json, it) =>
        {
            foreach (var friend in it.page)
            {
                json.WriteStartObject();
                Write(json, friend, it.portraits, it.Value);
                json.WriteEndObject();
            }
        });
}
