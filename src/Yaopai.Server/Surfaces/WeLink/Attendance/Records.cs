using System.Text.Json;
using Yaopai.Server.Attendance;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;
using E = Yaopai.Errors.WeLinkErrors.Attendance;

namespace Yaopai.Server.Surfaces.WeLink.Attendance;

/// <summary>What listing check-ins works with.</summary>
internal sealed record AttendanceKit(WeLinkKit Calls, IMemberStore Members, CheckIns CheckIns);

/// <summary>A page of the check-ins of some members.</summary>
/// <param name="from">The parameters of the time.</param>
internal sealed class RecordsRequest(Incoming incoming, AttendanceKit kit, string from, string until) : WeLinkRequest(incoming)
{
    private const string UserIdList = "userIdList";

    private Dictionary<string, Member> _members = [];

    public CheckInPage Page { get; private set; } = null!;

    public bool HasAll => Body.Has(UserIdList) && this[from] is not "" && this[until] is not "";

    public IReadOnlyList<string>? UserIds => Body.Scalars(UserIdList);

    public bool HasTime => From is not null && Until is not null;

    /// <summary>Null for a text that is no number.</summary>
    public long? Offset => NumberOr("offset", 0);

    public long? Limit => NumberOr("limit", CheckIns.LargestPage);

    public bool IsInOrder => From <= Until;

    public bool IsShort => Until - From <= CheckIns.LongestSpan;

    public bool FitsMembers => UserIds is { Count: > 0 and <= CheckIns.MostMembers } ids && ids.All(id => id.Length is > 0 and <= 255);

    public bool FitsPage => Offset is >= 0 and <= int.MaxValue && Limit is > 0 and <= CheckIns.LargestPage;

    private DateTimeOffset? From => Times.Read(this[from]);

    private DateTimeOffset? Until => Times.Read(this[until]);

    public async ValueTask<bool> LoadAsync()
    {
        string[] ids = [.. UserIds!.Distinct()];
        Page = await kit.CheckIns.ListAsync(
            TenantId, new CheckInQuery(ids, From!.Value, Until!.Value, (int)Offset!.Value, (int)Limit!.Value), Call.Ct);
        if (Page.CheckIns.Count == 0)
            return false;

        _members = (await kit.Members.ListAsync(TenantId, MemberKey.UserId, ids, Call.Ct)).ToDictionary(member => member.UserId);
        return true;
    }

    /// <param name="list">What the page is called.</param>
    /// <param name="time">How an instant is written.</param>
    public Answer Answer(string list, Func<DateTimeOffset, string> time) => WeLinkDialect.Ok((this, list, time), static (json, it) =>
    {
        var request = it.Item1;
        json.WriteNumber("totalCount", request.Page.Total);
        json.WriteNumber("limit", request.Limit!.Value);
        json.WriteNumber("offset", request.Offset!.Value);
        json.WriteStartArray(it.list);
        foreach (var checkIn in request.Page.CheckIns)
        {
            json.WriteStartObject();
            Records.Write(json, checkIn, request._members.GetValueOrDefault(checkIn.UserId), it.time(checkIn.At));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }, E.Ok);

    private long? NumberOr(string name, long otherwise) => this[name] is "" ? otherwise : ClientId.Number(this[name]);
}

/// <summary>What both generations of the list share.</summary>
internal static class Records
{
    // The document has one number for all that is wrong with a request: what is missing, what is no such thing, what is too much.
    internal static readonly Rule<RecordsRequest>[] Rules =
    [
        new(E.ParameterMalformed, x => x.HasAll),
        new(E.ParameterMalformed, x => x.UserIds is not null),
        new(E.ParameterMalformed, x => x.HasTime),
        new(E.ParameterMalformed, x => x.IsScalar("offset") && x.Offset is not null),
        new(E.ParameterMalformed, x => x.IsScalar("limit") && x.Limit is not null),
        new(E.ParameterMalformed, x => x.IsInOrder),
        new(E.ParameterMalformed, x => x.FitsMembers, why: _ => $"1 to {CheckIns.MostMembers} members are asked for at once"),
        new(E.ParameterMalformed, x => x.IsShort,     why: _ => $"{CheckIns.LongestSpan.TotalHours} hours are asked for at once"),
        new(E.ParameterMalformed, x => x.FitsPage,    why: _ => $"a page has 1 to {CheckIns.LargestPage} records"),
        new(E.DataMissing,        x => x.LoadAsync()),
    ];

    /// <param name="member">Null for one who is a member no more.</param>
    public static void Write(Utf8JsonWriter json, CheckIn checkIn, Member? member, string time)
    {
        json.WriteString("id", $"{checkIn.Id}");
        json.WriteString("userId", checkIn.UserId);
        json.WriteString("corpUserId", member?.CorpUserId ?? "");
        json.WriteString("userNameCn", member?.Name ?? "");
        json.WriteString("userNameEn", member?.NameEn ?? "");
        json.WriteString("checkTime", time);
        json.WriteString("address", checkIn.Address);
        json.WriteString("remark", checkIn.Remark);
    }
}
