using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

internal sealed class DepartmentRow
{
    public long TenantId { get; init; }
    public long Number { get; init; }
    public long Parent { get; init; }
    public string? CorpCode { get; init; }
    public string Name { get; init; } = "";
    public string NameEn { get; init; } = "";
    public string? Manager { get; init; }
    public long Position { get; init; }
    public long VisibleRange { get; init; }
    public long CreatedAt { get; init; }
    public long ChangedAt { get; init; }
    public long Depth { get; init; }
    public long HasChildren { get; init; }

    public static DepartmentRow Of(Department department) => new()
    {
        TenantId = department.TenantId,
        Number = department.Number,
        Parent = department.Parent,
        CorpCode = department.CorpCode,
        Name = department.Name,
        NameEn = department.NameEn,
        Manager = department.Manager,
        Position = department.Position,
        VisibleRange = department.VisibleRange,
        CreatedAt = department.CreatedAt.ToMilliseconds(),
        ChangedAt = department.ChangedAt.ToMilliseconds(),
    };

    public Department ToDepartment(long level) => new()
    {
        TenantId = TenantId,
        Number = Number,
        Parent = Parent,
        CorpCode = CorpCode,
        Name = Name,
        NameEn = NameEn,
        Manager = Manager,
        Position = (int)Position,
        VisibleRange = (int)VisibleRange,
        CreatedAt = Instants.FromMilliseconds(CreatedAt),
        ChangedAt = Instants.FromMilliseconds(ChangedAt),
        Level = (int)level,
        HasChildren = HasChildren != 0,
    };
}
