using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.WeLinkErrors.Attendance;

namespace Yaopai.Tests.Surfaces.WeLink.Attendance;

/// <summary>Good calls on check-ins.</summary>
internal static class AttendanceCalls
{
    private const string Root = "/api/attendance/";

    public static GoodCall[] All { get; } =
    [
        WeLinkCalls.OfUser("CheckInMember", caller => caller.PostAsync(Root + "v1/checkin", "{}"), "check_in"),
        OfRecords("ListRecords", "v2", "dateFrom", "dateTo"),
        OfRecords("ListRecordsByTime", "v3", "startTime", "endTime"),
    ];

    private static GoodCall OfRecords(string name, string version, string from, string until) => new(name, async (server, app) =>
    {
        var member = await WeLinkCaller.OfUserAsync(server, app: app);
        await (await member.PostAsync(Root + "v1/checkin", "{}")).ShouldServeWeLinkAsync(E.Ok);
        var caller = await WeLinkCaller.OfAppAsync(server, app);
        var now = DateTimeOffset.UtcNow;
        return () => caller.PostAsync($"{Root}{version}/records", new Dictionary<string, object>
        {
            ["userIdList"] = new[] { "mainland@welink" },
            [from] = now.AddHours(-1).ToUnixTimeMilliseconds(),
            [until] = now.AddHours(1).ToUnixTimeMilliseconds(),
        });
    })
    {
        Target = WeLinkCalls.TargetOf(name),
        Tables = ["check_in"],
    };
}
