using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using A = Yaopai.Errors.WeLinkErrors.Auth;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>GET /api/auth/v2/userid — tells an app who the member is whose code it brings. The code works once.</summary>
internal sealed record UserIdByCode(WeLinkKit Kit, CodeUse Codes) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(A.UserInfoUnavailable, x => x.ReadCodeAsync(),             why: _ => "the code is none of this platform"),
        new(A.UserInfoUnavailable, x => x.Code.AppId == x.App.Id,      why: x => $"the code was given to app {x.Code.AppId}"),
        new(A.UserInfoUnavailable, x => x.Code.TenantId == x.TenantId, why: _ => "the code is of a member of another tenant"),
        new(A.UserInfoUnavailable, x => !x.Code.IsExpiredAt(x.Now),    why: x => $"the code expired at {x.Code.ExpiresAt:O}"),
        Rule.Claim<Request>(A.UserInfoUnavailable, x => x.IsUnusedAsync(), x => x.TryUseAsync(), why: _ => "the code was used before"),
        new(A.UserInfoUnavailable, x => x.LoadMemberAsync(),           why: _ => "the member is gone or closed, or was signed out since"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.Auth, "UserIdByCode", "GET", ParameterSource.Query, incoming => new Request(incoming, Codes), Rules,
        x => ValueTask.FromResult(UserIdAnswer.Of(x.Member)));

    internal sealed class Request(Incoming incoming, CodeUse codes) : WeLinkRequest(incoming)
    {
        public Credential Code { get; private set; } = null!;

        public Member Member { get; private set; } = null!;

        public async ValueTask<bool> ReadCodeAsync() =>
            (await Kit.Reader.ReadAsync(Kit.Profile.Credentials, this["code"], Call.Ct)).Credential is { Kind: CredentialKind.Code } code
            && (Code = code) is not null;

        public async ValueTask<bool> IsUnusedAsync() => !await codes.WasUsedAsync(Code, Call.Ct);

        public async ValueTask<bool> TryUseAsync() => await codes.TryUseAsync(Code, Call.Ct);

        public async ValueTask<bool> LoadMemberAsync() =>
            await Kit.Reader.GrantHoldsAsync(Code, Call.Ct)
            && (Member = (await CodeOwner.FindAsync(Kit.Members, Code, Call.Ct))!) is not null;
    }
}

/// <summary>Who a member is.</summary>
internal static class UserIdAnswer
{
    public static Answer Of(Member member) => WeLinkDialect.Ok(member, static (json, it) =>
    {
        json.WriteString("userId", it.UserId);
        json.WriteString("corpUserId", it.CorpUserId);
        json.WriteString("tenantId", TenantIds.Write(it.TenantId));
    });
}
