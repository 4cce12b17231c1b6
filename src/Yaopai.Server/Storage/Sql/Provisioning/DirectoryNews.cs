using Yaopai.Server.Apps;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Events;

namespace Yaopai.Server.Storage.Sql.Provisioning;

/// <summary>What items changed, for apps that want to hear of it: told together, in the transaction of the changes.</summary>
internal sealed class DirectoryNews
{
    private readonly Dictionary<SecurityEventKind, List<string>> _subjects = [];

    /// <param name="subject">The user id of a member, or the number of a department.</param>
    public void Add(ItemSubject of, ItemAction action, string subject)
    {
        var kind = (of, action) switch
        {
            (ItemSubject.Member, ItemAction.Delete) => SecurityEventKind.MemberDeleted,
            (ItemSubject.Member, _) => SecurityEventKind.MemberChanged,
            (_, ItemAction.Delete) => SecurityEventKind.DepartmentDeleted,
            _ => SecurityEventKind.DepartmentChanged,
        };
        if (!_subjects.TryGetValue(kind, out var subjects))
            _subjects.Add(kind, subjects = []);
        subjects.Add(subject);
    }

    public async Task WriteAsync(SqlOutbox outbox, Session session, long tenantId)
    {
        foreach (var (kind, subjects) in _subjects)
            await outbox.AddAsync(session, tenantId, kind, subjects);
    }
}
