using System.Globalization;
using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Risk;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.HuaweiAccountErrors.GetRiskLevel;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /user/getuserrisklevel — how much caution an account deserves before it registers or takes part in a campaign.</summary>
internal sealed record GetRiskLevel(CredentialReader Reader, HuaweiAccountProfile Profile, AccountDirectory Accounts, RiskAssessment Risk)
    : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterIllegal, x => Formats.ClientId.IsMatch(x["clientID"])),
        new(E.ParameterIllegal, x => Formats.TransactionId.IsMatch(x["transactionID"]) && BeginsWithAnInstant(x["transactionID"])),
        new(E.ParameterIllegal, x => x.Token.Text is not ""),
        new(E.ParameterIllegal, x => x.Scene is not null),
        new(E.SessionTimeout,   x => x.Token.IsValidAsync(), why: x => x.Token.WhyInvalid()),
        new(E.ParameterIllegal, x => x.ClientIsTheTokens), // not 6: a new token would not help, another clientID would
        new(E.PermissionDenied, x => x.Token.IsOfUser && x.Token.Credential!.Covers(Scope)),
        new(E.PermissionDenied, x => x.Token.App.ApprovedScopes.Contains(Scope)),
    ];

    private const string Scope = "riskLevel";

    public IOperation Define() => new Operation<Request>("huawei", "GetRiskLevel", E.All)
    {
        Source = ParameterSource.Json,
        Read = async call => new Request(call, this, await BearerToken.ReadAsync(call, Reader, Profile, call.Body.Text("accessToken"))),
        Client = x => x.Token.AppId,
        IsProven = x => x.Token.IsProof,
        Rules = RuleLists.One(Rules, x => x.AnswerAsync()),
        Failures = new FailureErrors(
            E.All,
            (Failure.Throttled, E.Throttled),
            (Failure.StorageFailed, E.SystemInternal),
            (Failure.StorageConflict, E.SystemInternal),
            (Failure.StorageTimeout, E.InternalTimeout),
            (Failure.DataUnreadable, E.SystemInternal),
            (Failure.KeyLost, E.AuthenticationInternal)),
    };

    /// <summary>A transaction is numbered by the second it began in, and digits of the caller's choice.</summary>
    private static bool BeginsWithAnInstant(string transactionId) =>
        DateTime.TryParseExact(transactionId.AsSpan(0, 14), "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);

    internal sealed class Request(Call call, GetRiskLevel operation, BearerToken token)
    {
        public string this[string parameter] => call.Parameters[parameter];

        public RiskScene? Scene => call.Body.Text("scene") switch
        {
            "registration" => RiskScene.Registration,
            "marketing" => RiskScene.Marketing,
            _ => null,
        };

        public BearerToken Token => token;

        public bool ClientIsTheTokens => ClientId.Parse(this["clientID"]) == token.AppId;

        public async ValueTask<Answer> AnswerAsync()
        {
            var account = await token.UserAsync(operation.Accounts);
            return HuaweiAccountDialect.Ok(
                HuaweiAccountDialect.JsonUtf8, await operation.Risk.OfAsync(account, Scene!.Value, call.Ct), Write);
        }

        private static void Write(Utf8JsonWriter json, Risk risk)
        {
            json.WriteNumber("errCode", 0);
            json.WriteString("errMsg", "");
            json.WriteNumber("riskLevel", (int)risk.Level);
            if (risk.Tags.Count == 0)
                return;

            json.WriteStartArray("riskTag");
            foreach (var tag in risk.Tags)
                json.WriteStringValue(NameOf(tag));
            json.WriteEndArray();
        }

        private static string NameOf(RiskTag tag) => tag switch
        {
            RiskTag.SpamMailbox => "spamMailbox",
            RiskTag.RiskPhoneNumber => "riskPhoneNumber",
            RiskTag.RiskDevice => "riskDevice",
            RiskTag.IpCluster => "ipCluster",
            RiskTag.DeviceCluster => "deviceCluster",
            RiskTag.BatchBehavior => "batchBehavior",
            RiskTag.IllegalLogin => "illegalLogin",
            RiskTag.ActivityFraud => "activityFraud",
            _ => throw new ArgumentOutOfRangeException(nameof(tag), tag, null),
        };
    }
}
