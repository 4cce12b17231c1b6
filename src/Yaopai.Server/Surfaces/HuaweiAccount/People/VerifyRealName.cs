using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using E = Yaopai.Errors.HuaweiAccountErrors.VerifyRealName;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /rest.php?nsp_svc=OpenRealName.User.verifyRealName — whether a name and an identity number are the person's, without telling them.</summary>
internal static class VerifyRealName
{
    private const int LongestId = 256;

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterIllegal,      x => x.Call.Text is not ""),
        new(E.ParameterIllegal,      x => x.Call["sceneID"] is Scenes.Papers or Scenes.PapersAndFace or Scenes.Face),
        new(E.ParameterIllegal,      x => x.Call["idType"] is "1" or "2" or "3"),
        new(E.ParameterIllegal,      x => x.Call["idValue"].Length is > 0 and <= LongestId),
        new(E.ParameterIllegal,      x => x.IsFaceAlone || x.Call["ctfType"] is "1"),
        new(E.ParameterIllegal,      x => x.IsFaceAlone || Formats.Sha512.IsMatch(x.Call["realName"])),
        new(E.ParameterIllegal,      x => x.IsFaceAlone || Formats.Sha512.IsMatch(x.Call["ctfCode"])),
        new(E.ParameterIllegal,      x => x.Algorithm is not null),
        new(E.SessionTimeout,        x => x.Call.HoldsAsync()),
        new(E.PermissionDenied,      x => x.Call.IsOfPerson),
        new(E.PermissionDenied,      x => x.Call.IsApproved),
        new(E.ParameterIllegal,      x => x.NamesThePerson),
        new(E.RealNameRecordMissing, x => x.Call.LoadAsync()),
        new(E.PermissionDenied,      x => x.ClaimTokenAsync()),
    ];

    public static Operation<Request> Operation(Services services) => new("huawei", "VerifyRealName", E.All)
    {
        Admission = services.Admission,
        Read = async call => new Request(await RealNameCall.ReadAsync(call, services.Calls), services),
        Client = x => x.Call.Token?.AppId,
        IsProven = x => x.Call.IsProven,
        RuleLists = [Rules],
        Answer = x => ValueTask.FromResult(x.Answer()),
        Failures = new FailureErrors(
            E.All,
            (Failure.Throttled, E.Throttled),
            (Failure.StorageFailed, E.SystemInternal),
            (Failure.StorageConflict, E.SystemInternal),
            (Failure.KeyLost, E.SystemInternal),
            (Failure.DataUnreadable, E.Internal)),
    };

    /// <summary>What the operation works with.</summary>
    internal sealed record Services(Admission Admission, RealNameCall.Services Calls, PairwiseIdentifiers Identifiers, KeyRing Keys, VerifyTokens Tokens);

    private static class Scenes
    {
        public const string Papers = "0";
        public const string PapersAndFace = "1";
        public const string Face = "2";
    }

    internal sealed class Request(RealNameCall call, Services services)
    {
        private SigningKey _signingKey = null!;
        private RealNameStatement _statement = null!;

        public RealNameCall Call => call;

        public bool IsFaceAlone => call["sceneID"] is Scenes.Face;

        public JoseAlgorithm? Algorithm => JoseAlgorithm.Find(call["supportAlg"]);

        /// <summary>The person of the token, and nobody else, whatever the app knows of others.</summary>
        public bool NamesThePerson => call["idValue"] == call["idType"] switch
        {
            "1" => $"{call.Token!.AccountId}",
            "2" => services.Identifiers.OpenId(call.App.Id, call.Token!.AccountId),
            _ => services.Identifiers.UnionId(call.App.DeveloperId, call.Token!.AccountId),
        };

        /// <summary>Uses the token up, last of all: a slip of the caller must not cost the person another sign-in.</summary>
        public async ValueTask<bool> ClaimTokenAsync()
        {
            // Whatever can fail fails before the token is spent.
            var realName = await call.OpenAsync();
            _statement = new(int.Parse(call["sceneID"]), realName.State, realName.Level, ResultFor(realName));
            _signingKey = await services.Keys.SigningAsync(Algorithm!, services.Calls.Clock.Now, call.Ct);
            return await call.TryWriteDownOnceAsync(PersonalDataUses.RealNameCompared);
        }

        public Answer Answer()
        {
            var token = services.Tokens.Sign(_signingKey, Algorithm!, call.App, call.Token!.AccountId, _statement);
            return HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, (_statement, token), static (json, it) =>
            {
                it._statement.WriteTo(json);
                json.WriteString("verifyToken", it.token);
            });
        }

        /// <summary>What may be said of name and number. Nobody looks at faces here, so where a face was asked for too, no match is claimed; a mismatch is one all the same.</summary>
        private VerifyResult? ResultFor(RealName realName)
        {
            if (IsFaceAlone || realName.State is not RealNameState.Verified)
                return null;

            var result = RealNameHashes.Compare(realName, call["realName"], call["ctfCode"]);
            return result is VerifyResult.Match && call["sceneID"] is Scenes.PapersAndFace ? null : result;
        }
    }
}
