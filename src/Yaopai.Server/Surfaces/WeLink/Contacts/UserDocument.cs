using System.Text.Json;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>Members as they are written.</summary>
internal static class UserDocument
{
    /// <param name="asker">Who signed in; a hidden number is told to nobody else who did.</param>
    public static void Write(Utf8JsonWriter json, Member member, Member? asker)
    {
        var details = member.Details;
        json.WriteString("userStatus", $"{(int)member.State}");
        WriteNames(json, member);
        json.WriteString("deptCode", $"{member.Main.Department}");
        json.WriteString("sex", SexOf(member));
        json.WriteString("mobileNumber", MobileFor(member, asker));
        json.WriteString("phoneNumber", string.Join(',', details.Phones));
        json.WriteString("userEmail", member.Email ?? "");
        json.WriteString("secretary", details.Secretary);
        json.WriteString("address", details.Address);
        json.WriteString("remark", details.Remark);
        json.WriteNumber("isActivated", member.State is MemberState.Open ? 1 : 0);
        json.WriteString("creationTime", Times.Write(member.CreatedAt));
        json.WriteString("lastUpdatedTime", Times.Write(member.ChangedAt));
    }

    /// <summary>What came with the third version.</summary>
    public static void WriteMore(Utf8JsonWriter json, Member member)
    {
        json.WriteString("employeeId", member.Details.EmployeeId);
        json.WriteString("landlineNumber", member.Details.Landline);
        json.WriteString("position", member.Details.Job);
        json.WriteString("sipNum", member.Details.SipNumber);
        json.WriteStartArray("deptInfo");
        foreach (var (department, position) in member.Memberships)
        {
            json.WriteStartObject();
            json.WriteString("deptCode", $"{department}");
            json.WriteNumber("orderNo", position);
            json.WriteNumber("isMainDept", department == member.Main.Department ? 1 : 0);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("extInfo");
        foreach (var (name, value) in member.Details.More)
        {
            json.WriteStartObject();
            json.WriteString("keyNameCn", name);
            json.WriteString("keyNameEn", name);
            json.WriteString("value", value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteNames(Utf8JsonWriter json, Member member)
    {
        WriteIds(json, member);
        json.WriteString("userNameCn", member.Name);
        json.WriteString("userNameEn", member.NameEn);
    }

    public static void WriteIds(Utf8JsonWriter json, Member member)
    {
        json.WriteString("userId", member.UserId);
        json.WriteString("corpUserId", member.CorpUserId);
    }

    public static string MobileFor(Member member, Member? asker) =>
        member.Details.IsMobileHidden && asker is not null && asker.UserId != member.UserId ? "" : member.Mobile ?? "";

    public static string SexOf(Member member) => member.Sex switch { Sex.Male => "M", Sex.Female => "F", _ => "" };
}
