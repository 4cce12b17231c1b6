using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using A = Yaopai.Errors.WeLinkErrors.Auth;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>GET /api/weopen/v1/isadmin — whether a member administers the organisation: the one that is named, or the token's.</summary>
internal sealed record IsAdmin(WeLinkKit Kit) : IOperationDefinition
{
    private const string Administrator = "admin";

    internal static readonly Rule<Request>[] Rules =
    [
        new(A.UserInfoUnavailable, x => x.LoadAsync(),
            why: x => x["userId"] is "" ? "the token is of an app alone" : $"there is nobody called {x["userId"]}"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.Auth, "IsAdmin", "GET", ParameterSource.Query, incoming => new Request(incoming), Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok(x.Member, static (json, member) =>
        {
            json.WriteBoolean("isAdmin", member.IsAdmin);
            json.WriteStartArray("roles");
            if (member.IsAdmin)
                json.WriteStringValue(Administrator);
            json.WriteEndArray();
        })));

    internal sealed class Request(Incoming incoming) : WeLinkRequest(incoming)
    {
        public Member Member { get; private set; } = null!;

        public async ValueTask<bool> LoadAsync()
        {
            var found = this["userId"] is { Length: > 0 } name ? await Kit.Members.FindAsync(TenantId, MemberKey.UserId, name, Call.Ct)
                : User;
            return (Member = found!) is { IsClosed: false };
        }
    }
}
