using Yaopai.Server.Gateway;
using E = Yaopai.Errors.WeLinkErrors.Attendance;

namespace Yaopai.Server.Surfaces.WeLink.Attendance;

/// <summary>POST /api/attendance/v2/records — lists check-ins of some members within a day.</summary>
internal sealed record ListRecords(AttendanceKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Attendance, "ListRecords", "POST", ParameterSource.Json,
        incoming => new RecordsRequest(incoming, Kit, "dateFrom", "dateTo"), Records.Rules,
        x => ValueTask.FromResult(x.Answer("records", at => Times.Write(at))), E.Ok);
}

/// <summary>POST /api/attendance/v3/records — the same, with instants in milliseconds.</summary>
internal sealed record ListRecordsByTime(AttendanceKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Attendance, "ListRecordsByTime", "POST", ParameterSource.Json,
        incoming => new RecordsRequest(incoming, Kit, "startTime", "endTime"), Records.Rules,
        x => ValueTask.FromResult(x.Answer("data", at => $"{at.ToUnixTimeMilliseconds()}")), E.Ok);
}
