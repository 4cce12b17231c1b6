using System.Globalization;
using System.Text.Json;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.Risk;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.HuaweiAccountErrors.GetRiskLevel;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /user/getuserrisklevel — how much caution an account deserves before it registers or takes part in a campaign.</summary>
internal static class GetRiskLevel
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterIllegal, x => Formats.ClientId.IsMatch(x["clientID"])),
        new(E.ParameterIllegal, x => Formats.TransactionId.IsMatch(x["transactionID"]) && BeginsWithAnInstant(x["transactionID"])),
        new(E.ParameterIllegal, x => x.AccessToken is not ""),
        new(E.ParameterIllegal, x => x.Scene is not null),
        new(E.SessionTimeout,   x => x.HoldsAsync()),
        new(E.ParameterIllegal, x => x.ClientIsTheTokens), // not 6: a new token would not help, another clientID would
        new(E.PermissionDenied, x => x.Token!.Kind is CredentialKind.AccessToken && x.Token.Covers(Scope)),
        new(E.PermissionDenied, x => x.App.ApprovedScopes.Contains(Scope)),
    ];

    private const string Scope = "riskLevel";

    public static Operation<Request> Operation(Services services) => new("huawei", "GetRiskLevel", E.All)
    {
        Admission = services.Admission,
        Source = ParameterSource.Json,
        Read = call => Request.ReadAsync(call, services),
        Client = x => x.Token?.AppId,
        IsProven = x => x.Token is { } token && !token.IsExpiredAt(services.Clock.NowFor(token.AppId)),
        RuleLists = [Rules],
        Answer = x => x.AnswerAsync(),
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

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, IAppClock Clock, CredentialReader Reader, AccountDirectory Accounts, RiskAssessment Risk);

    internal sealed class Request(Call call, Services services, Credential? token)
    {
        public static async ValueTask<Request> ReadAsync(Call call, Services services) =>
            new(call, services, (await services.Reader.OpenAsync(call.Body.Text("accessToken"), call.Ct)).Credential);

        public string this[string parameter] => call.Parameters[parameter];

        public string AccessToken => call.Body.Text("accessToken");

        public RiskScene? Scene => call.Body.Text("scene") switch
        {
            "registration" => RiskScene.Registration,
            "marketing" => RiskScene.Marketing,
            _ => null,
        };

        public Credential? Token => token;

        public bool ClientIsTheTokens => Formats.ClientIdNumber(this["clientID"]) == token!.AppId;

        public App App => call.App ?? throw new FailureException(Failure.DataUnreadable, "The app of the token is gone.");

        /// <summary>One code for everything that is wrong with a token: malformed, unknown, expired, revoked.</summary>
        public async ValueTask<bool> HoldsAsync() =>
            token is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken }
            && !token.IsExpiredAt(services.Clock.NowFor(token.AppId))
            && await services.Reader.HoldsAsync(token, call.Ct);

        public async ValueTask<Answer> AnswerAsync()
        {
            var account = await services.Accounts.FindAsync(token!.AccountId, call.Ct)
                ?? throw new FailureException(Failure.DataUnreadable, "The account of the token is gone.");

            return HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, await services.Risk.OfAsync(account, Scene!.Value, call.Ct), Write);
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
