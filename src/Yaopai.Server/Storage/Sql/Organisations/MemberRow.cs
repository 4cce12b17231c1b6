using System.Text.Json;
using System.Text.Json.Serialization;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Storage.Sql.Organisations;

/// <summary>A member with one of the departments that they are in.</summary>
internal sealed class MemberRow
{
    public long TenantId { get; init; }
    public string UserId { get; init; } = "";
    public string CorpUserId { get; init; } = "";
    public string Name { get; init; } = "";
    public string NameEn { get; init; } = "";
    public long Sex { get; init; }
    public string? Mobile { get; init; }
    public string? Email { get; init; }
    public string? EmailKey { get; init; }
    public long State { get; init; }
    public long IsAdmin { get; init; }
    public long? AccountId { get; init; }
    public long OwnsAccount { get; init; }
    public string Details { get; init; } = "";
    public long CreatedAt { get; init; }
    public long ChangedAt { get; init; }
    public long Department { get; init; }
    public long Position { get; init; }

    public static string KeyOfEmail(string email) => email.ToLowerInvariant();

    public static MemberRow Of(Member member) => new()
    {
        TenantId = member.TenantId,
        UserId = member.UserId,
        CorpUserId = member.CorpUserId,
        Name = member.Name,
        NameEn = member.NameEn,
        Sex = (long)member.Sex,
        Mobile = member.Mobile,
        Email = member.Email,
        EmailKey = member.Email is { } email ? KeyOfEmail(email) : null,
        State = (long)member.State,
        IsAdmin = member.IsAdmin ? 1 : 0,
        AccountId = member.AccountId,
        OwnsAccount = member.OwnsAccount ? 1 : 0,
        Details = JsonSerializer.Serialize(member.Details, MemberJson.Default.MemberDetails),
        CreatedAt = member.CreatedAt.ToMilliseconds(),
        ChangedAt = member.ChangedAt.ToMilliseconds(),
    };

    /// <param name="rows">One for each department, the main one first.</param>
    public static Member ToMember(IEnumerable<MemberRow> rows)
    {
        var first = rows.First();
        return new()
        {
            TenantId = first.TenantId,
            UserId = first.UserId,
            CorpUserId = first.CorpUserId,
            Name = first.Name,
            NameEn = first.NameEn,
            Sex = (Sex)first.Sex,
            Mobile = first.Mobile,
            Email = first.Email,
            State = (MemberState)first.State,
            IsAdmin = first.IsAdmin != 0,
            AccountId = first.AccountId,
            OwnsAccount = first.OwnsAccount != 0,
            Details = JsonSerializer.Deserialize(first.Details, MemberJson.Default.MemberDetails)!,
            Memberships = [.. rows.Select(row => new Membership(row.Department, (int)row.Position))],
            CreatedAt = Instants.FromMilliseconds(first.CreatedAt),
            ChangedAt = Instants.FromMilliseconds(first.ChangedAt),
        };
    }
}

[JsonSerializable(typeof(MemberDetails))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class MemberJson : JsonSerializerContext;
