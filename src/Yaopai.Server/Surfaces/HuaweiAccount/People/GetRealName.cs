using System.Buffers.Text;
using System.Text;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.HuaweiAccountErrors.GetRealName;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /rest.php?nsp_svc=OpenRealName.User.getDetailInfo — name and identity number,
/// encrypted to a service account of the app.</summary>
internal sealed record GetRealName(RealNameCalls Calls) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterIllegal,      x => x.Call.Token.Text is not ""),
        new(E.ParameterIllegal,      x => x.Call["queryRangeFlag"] is "0001"),
        new(E.ParameterIllegal,      x => Formats.ClientId.IsMatch(x.Call["serviceAccountClientID"])),
        new(E.ParameterIllegal,      x => Formats.KeyId.IsMatch(x.Call["serviceAccountKeyID"])),
        new(E.SessionTimeout,        x => x.Call.Token.IsValidAsync(), why: x => x.Call.Token.WhyInvalid()),
        new(E.PermissionDenied,      x => x.Call.Token.IsOfUser),
        new(E.PermissionDenied,      x => x.Call.IsApproved),
        new(E.ParameterIllegal,      x => x.Recipient is not null),
        new(E.RealNameRecordMissing, x => x.Call.LoadAsync()),
        new(E.RealNameRecordMissing, x => x.Call.Stored!.State is RealNameState.Verified),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "GetRealName", E.All)
    {
        Read = async call => new Request(await Calls.ReadAsync(call)),
        Client = x => x.Call.Token.AppId,
        IsProven = x => x.Call.Token.IsProof,
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Failures = new FailureErrors(
            E.All,
            (Failure.Throttled, E.Throttled),
            (Failure.StorageFailed, E.SystemInternal),
            (Failure.StorageConflict, E.SystemInternal),
            (Failure.KeyLost, E.SystemInternal),
            (Failure.DataUnreadable, E.Internal)),
    };

    internal sealed class Request(RealNameCall call)
    {
        public RealNameCall Call => call;

        /// <summary>Key ids are hex, and so without case.</summary>
        public ServiceAccount? Recipient => call.App.ServiceAccounts.FirstOrDefault(account =>
            account.ClientId == call["serviceAccountClientID"]
            && account.KeyId.Equals(call["serviceAccountKeyID"], StringComparison.OrdinalIgnoreCase));

        public async ValueTask<Answer> AnswerAsync()
        {
            var realName = await call.OpenAsync();

            // Names and numbers hold nothing that JSON escapes (RealName.IsName); the framework would escape rare letters,
            // and they would not fit into the key.
            var encrypted = Recipient!.Encrypt(
                Encoding.UTF8.GetBytes($$"""{"realName":"{{realName.Name}}","ctfCode":"{{realName.Number}}"}"""));

            await call.WriteDownAsync(PersonalDataUses.RealNameGiven);
            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.JsonUtf8, encrypted,
                static (json, it) => json.WriteString("encryptedInfo", Base64Url.EncodeToString(it)));
        }
    }
}
