using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Provisioning;

/// <summary>Applies items to the directory, in the transaction that writes down what came of them; what fails has written nothing.
/// </summary>
internal static class DirectoryChanges
{
    /// <summary>All that the item wants but an account to sign in with: that is <see cref="ItemState.Opening"/>.</summary>
    public static Task<ItemResult> ApplyAsync(
        Session session, long tenantId, ItemChange change, DirectoryReads reads, DirectoryNews news, DateTimeOffset now) =>
        change.Member is { } member
            ? MemberChanges.ApplyAsync(session, tenantId, change.Action, member, reads, news, now)
            : DepartmentChanges.ApplyAsync(session, tenantId, change.Action, change.Department!, news, now);

    /// <summary>The same with the account.</summary>
    public static async Task<ItemResult> ApplyWholeAsync(
        Session session, long tenantId, ItemChange change, DirectoryNews news, DateTimeOffset now)
    {
        var result = await ApplyAsync(session, tenantId, change, DirectoryReads.Fresh, news, now);
        return result.State is ItemState.Opening
            ? await MemberChanges.OpenAsync(session, tenantId, change.Member!, DirectoryReads.Fresh, now)
            : result;
    }
}
