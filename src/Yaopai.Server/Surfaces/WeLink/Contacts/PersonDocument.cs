using System.Text.Json;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>Members as the second generation writes them.</summary>
internal static class PersonDocument
{
    public static void Write(Utf8JsonWriter json, Member member, People people, Member? asker)
    {
        var details = member.Details;
        UserDocument.WriteNames(json, member);
        json.WriteString("userStatus", $"{(int)member.State}");
        json.WriteString("sex", UserDocument.SexOf(member));
        json.WriteString("mobileNumber", UserDocument.MobileFor(member, asker));
        WriteTexts(json, "phoneNumber", details.Phones);
        json.WriteString("landlineNumber", details.Landline);
        json.WriteString("userEmail", member.Email ?? "");
        WriteTexts(json, "deptCodes", member.Memberships.Select(one => $"{one.Department}"));
        WriteTexts(json, "corpDeptCodes", member.Memberships.Select(one => people.CorpCodeOf(one.Department)));
        json.WriteString("mainDeptCode", $"{member.Main.Department}");
        json.WriteString("mainCorpDeptCode", people.CorpCodeOf(member.Main.Department));
        json.WriteStartObject("orderInDepts");
        foreach (var (department, position) in member.Memberships)
            json.WriteNumber($"{department}", position);
        json.WriteEndObject();
        json.WriteString("employeeId", details.EmployeeId);
        json.WriteString("position", details.Job);
        json.WriteString("businessAddress", details.Address);
        json.WriteString("baseLocation", details.BaseLocation);
        json.WriteString("secretary", details.Secretary);
        json.WriteString("corpSecretary", people.CorpUserIds.GetValueOrDefault(details.Secretary, ""));
        json.WriteString("remark", details.Remark);
        json.WriteString("isHidePhoneNumber", details.IsMobileHidden ? "1" : "0");
        json.WriteString("seniorMode", details.IsSenior ? "1" : "0");
        json.WriteString("personType", details.PersonType);
        json.WriteString("timeZone", details.TimeZone);
        WriteTexts(json, "roleIds", people.Roles[member.UserId].Select(role => $"{role}"));
        json.WriteStartObject("extAttr");
        foreach (var (name, value) in details.More)
            json.WriteString(name, value);
        json.WriteEndObject();
        json.WriteString("creationTime", Times.Write(member.CreatedAt));
        json.WriteString("lastUpdatedTime", Times.Write(member.ChangedAt));
    }

    public static void WriteSimple(Utf8JsonWriter json, Member member, People people, Member? asker)
    {
        UserDocument.WriteNames(json, member);
        json.WriteString("userStatus", $"{(int)member.State}");
        json.WriteString("mainDeptCode", $"{member.Main.Department}");
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
            json.WriteStringValue(text);
        json.WriteEndArray();
    }
}
