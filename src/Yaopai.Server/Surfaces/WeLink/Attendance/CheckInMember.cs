using Yaopai.Server.Attendance;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.WeLinkErrors.Attendance;

namespace Yaopai.Server.Surfaces.WeLink.Attendance;

/// <summary>POST /api/attendance/v1/checkin — a member is there, now. Beyond the document: the platform's own client does it.</summary>
internal sealed record CheckInMember(WeLinkKit Kit, CheckIns CheckIns) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.AuthenticationFailed, x => x.Token.IsOfUser, why: _ => "the token is an app's: nobody signed in for it"),
        new(E.ParameterMalformed,   x => x.IsScalar("address") && x.IsScalar("remark")),
        new(E.ParameterMalformed,   x => x["address"].Length <= CheckIns.LongestText && x["remark"].Length <= CheckIns.LongestText),
        Rule.Claim<Request>(E.ParameterMalformed, x => x.TryCheckInAsync(),
            why: _ => $"a day has {CheckIns.MostOfDay} check-ins of a member at most"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit, Modules.Attendance, "CheckInMember", "POST", ParameterSource.Json, incoming => new Request(incoming, this), Rules,
        x => ValueTask.FromResult(WeLinkDialect.Ok((x.User, x.CheckIn), static (json, it) =>
        {
            json.WriteStartObject("data");
            Records.Write(json, it.CheckIn, it.User, Times.Write(it.CheckIn.At));
            json.WriteEndObject();
        }, E.Ok)), E.Ok);

    internal sealed class Request(Incoming incoming, CheckInMember operation) : WeLinkRequest(incoming)
    {
        public CheckIn CheckIn { get; private set; } = null!;

        public async ValueTask<bool> TryCheckInAsync() =>
            (CheckIn = (await operation.CheckIns.AddAsync(
                TenantId, User.UserId, App.Id, Now, this["address"], this["remark"], Call.Ct))!) is not null;
    }
}
