using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>Who signed in for a code.</summary>
internal static class CodeOwner
{
    /// <summary>The member; null for one who was closed or deleted since, or is another organisation's now.</summary>
    public static async ValueTask<Member?> FindAsync(IMemberStore members, Credential code, CancellationToken ct) =>
        await members.FindByAccountAsync(code.AccountId, ct) is { IsClosed: false } member && member.TenantId == code.TenantId
            ? member
            : null;
}
