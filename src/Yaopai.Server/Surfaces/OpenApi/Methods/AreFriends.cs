using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>friends/areFriends — whether the person and others are friends, pair by pair and both ways.</summary>
internal sealed record AreFriends(ApiAdmission Admission, IFriendStore Friends) : IOperationDefinition
{
    private const int MostPairs = 20;

    internal static readonly Rule<Request>[] Rules =
    [
        // who the others' friends are is theirs to say
        new(E.UserDataForbidden,  x => x.Pairs?.All(pair => pair.One == x.UserId || pair.Other == x.UserId) is not false),
        new(E.ParameterMalformed, x => x.Pairs is { Length: > 0 }),
    ];

    public IOperation Define() => Admission.Operation(
        new ApiMethod("AreFriends", Audience.Users, Scope: "basic") { Parameters = ["uids1", "uids2"] }, Rules,
        (call, caller) => new Request(call, caller),
        x => x.AnswerAsync(Friends));

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller)
    {
        /// <summary>Null where the lists do not make pairs.</summary>
        public (long One, long Other)[]? Pairs =>
            Ids("uids1") is { } one && Ids("uids2") is { } other && one.Length == other.Length ? [.. one.Zip(other)] : null;

        public override bool IsWithinCounts => CountOf("uids1") <= MostPairs && CountOf("uids2") <= MostPairs;

        private int CountOf(string parameter) => this[parameter].Count(character => character is ',') + 1;

        public async ValueTask<Answer> AnswerAsync(IFriendStore friends)
        {
            var pairs = Pairs!;
            var among = (await friends.AmongAsync([.. pairs.SelectMany(pair => new[] { pair.One, pair.Other }).Distinct()], Call.Ct))
                .ToHashSet();
            return OpenApiDialect.OkList((pairs, among), static (json, it) =>
            {
                foreach (var (one, other) in it.pairs)
                {
                    json.WriteStartObject();
                    json.WriteString("uid1", one.ToString());
                    json.WriteString("uid2", other.ToString());
                    json.WriteString("are_friends", it.among.Contains((one, other)) ? "1" : "0");
                    json.WriteString("are_friends_reverse", it.among.Contains((other, one)) ? "1" : "0");
                    json.WriteEndObject();
                }
            });
        }
    }
}
