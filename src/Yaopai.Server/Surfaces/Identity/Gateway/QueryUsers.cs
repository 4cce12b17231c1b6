using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.IdentityErrors.Gateway;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>GET or POST /gateway/user/query — people whom the app manages: one by an identifier, phone or name, or all.</summary>
internal sealed record QueryUsers(GatewayKit Kit) : IOperationDefinition
{
    private const int MostUsers = 100, UsualUsers = 20;

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMissing, x => x.Size is > 0 and <= MostUsers, why: _ => $"size is a number from 1 to {MostUsers}"),
        new(E.ParameterMissing, x => ManagedUsers.IsPage(x.App, x["after"]), why: _ => "after is not what a page ended with"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "QueryUsers", writes: false, GatewayRules.Rows(), (call, target, trouble) => new Request(call, Kit, target, trouble), Rules,
        async x =>
        {
            var (people, next) = await x.FindAsync();
            return IdentityDialect.Gateway(x.Call, (x, people, next), static (json, it) =>
            {
                json.WriteStartArray("users");
                foreach (var account in it.people)
                {
                    json.WriteStartObject();
                    UserDocument.Write(json, (it.x.Kit.Users, it.x.App, account));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteString("next", it.next ?? "");
            });
        });

    internal sealed class Request(Call call, GatewayKit kit, string target, Failure? trouble) : GatewayRequest(call, kit, target, trouble)
    {
        public long? Size => this["size"] is { Length: > 0 } size ? ClientId.Parse(size) : UsualUsers;

        /// <summary>By the first of the identifiers that the request has; a page of all where it has none.</summary>
        public async ValueTask<(IReadOnlyList<Account> People, string? Next)> FindAsync()
        {
            var (users, ct) = (Kit.Users, Call.Ct);
            if (this["openid"] is not "" || this["id"] is not "")
                return Only(await users.FindAsync(App, this["openid"], this["id"], ct));
            if (this["unionid"] is { Length: > 0 } unionId)
                return Only(await users.FindByUnionIdAsync(App, unionId, ct));
            if (this["phone"] is { Length: > 0 } phone)
                return Only(await users.FindAsync(App, await Phones.FindAsync(users.Accounts, phone, ct), ct));
            if (this["name"] is { Length: > 0 } name)
                return Only(await users.FindAsync(App, await users.Accounts.FindByNameAsync(name, ct), ct));

            return await users.ListAsync(App, this["after"], (int)Size!.Value, ct);
        }

        private static (IReadOnlyList<Account>, string?) Only(Account? account) => (account is null ? [] : [account], null);
    }
}
