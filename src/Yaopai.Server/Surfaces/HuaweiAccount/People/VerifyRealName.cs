using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using E = Yaopai.Errors.HuaweiAccountErrors.VerifyRealName;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>POST /rest.php?nsp_svc=OpenRealName.User.verifyRealName — whether a name and an identity number are the person's,
/// without telling them.</summary>
internal sealed record VerifyRealName(RealNameCalls Calls, PairwiseIdentifiers Identifiers, KeyRing Keys, VerifyTokens Tokens)
    : IOperationDefinition
{
    private const int LongestId = 256;

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterIllegal,      x => x.Call.Token.Text is not ""),
        new(E.ParameterIllegal,      x => x.Call["sceneID"] is Scenes.Papers or Scenes.PapersAndFace or Scenes.Face),
        new(E.ParameterIllegal,      x => x.Call["idType"] is "1" or "2" or "3"),
        new(E.ParameterIllegal,      x => x.Call["idValue"].Length is > 0 and <= LongestId),
        new(E.ParameterIllegal,      x => x.IsFaceAlone || x.Call["ctfType"] is "1"),
        new(E.ParameterIllegal,      x => x.IsFaceAlone || Formats.Sha512.IsMatch(x.Call["realName"])),
        new(E.ParameterIllegal,      x => x.IsFaceAlone || Formats.Sha512.IsMatch(x.Call["ctfCode"])),
        new(E.ParameterIllegal,      x => x.Algorithm is not null),
        new(E.SessionTimeout,        x => x.Call.Token.IsValidAsync(), why: x => x.Call.Token.WhyInvalid()),
        new(E.PermissionDenied,      x => x.Call.Token.IsOfUser),
        new(E.PermissionDenied,      x => x.Call.IsApproved),
        new(E.ParameterIllegal,      x => x.NamesThePerson),
        new(E.RealNameRecordMissing, x => x.Call.LoadAsync()),
        Rule.Claim<Request>(E.PermissionDenied, x => x.UseTokenAsync(), why: _ => "the token has been used for this once"),
    ];

    public IOperation Define() => new Operation<Request>("huawei", "VerifyRealName", E.All)
    {
        Read = async call => new Request(await Calls.ReadAsync(call), this),
        Client = x => x.Call.Token.AppId,
        IsProven = x => x.Call.Token.IsProof,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Failures = new FailureErrors(
            E.All,
            (Failure.Throttled, E.Throttled),
            (Failure.StorageFailed, E.SystemInternal),
            (Failure.StorageConflict, E.SystemInternal),
            (Failure.KeyLost, E.SystemInternal),
            (Failure.DataUnreadable, E.Internal)),
    };

    private static class Scenes
    {
        public const string Papers = "0";
        public const string PapersAndFace = "1";
        public const string Face = "2";
    }

    internal sealed class Request(RealNameCall call, VerifyRealName operation)
    {
        private SigningKey _signingKey = null!;
        private RealNameStatement _statement = null!;

        public RealNameCall Call => call;

        public bool IsFaceAlone => call["sceneID"] is Scenes.Face;

        public JoseAlgorithm? Algorithm => JoseAlgorithm.Find(call["supportAlg"]);

        /// <summary>The person of the token, and nobody else, whatever the app knows of others.</summary>
        public bool NamesThePerson => call["idValue"] == call["idType"] switch
        {
            "1" => $"{call.AccountId}",
            "2" => operation.Identifiers.OpenId(call.App.Id, call.AccountId),
            _ => operation.Identifiers.UnionId(call.App.DeveloperId, call.AccountId),
        };

        public async ValueTask<bool> UseTokenAsync()
        {
            // Whatever can fail fails before the token is spent.
            var realName = await call.OpenAsync();
            _statement = new(int.Parse(call["sceneID"]), realName.State, realName.Level, ResultFor(realName));
            _signingKey = await operation.Keys.SigningAsync(Algorithm!, call.Now, call.Ct);
            return await call.TryWriteDownOnceAsync(PersonalDataUses.RealNameCompared);
        }

        public Answer Answer()
        {
            var token = operation.Tokens.Sign(_signingKey, Algorithm!, call.App, call.AccountId, _statement);
            return HuaweiAccountDialect.Ok(HuaweiAccountDialect.JsonUtf8, (_statement, token), static (json, it) =>
            {
                it._statement.WriteTo(json);
                json.WriteString("verifyToken", it.token);
            });
        }

        /// <summary>What may be said of name and number. Nobody looks at faces here, so where a face was asked for too,
        /// no match is claimed; a mismatch is one all the same.</summary>
        private VerifyResult? ResultFor(RealName realName)
        {
            if (IsFaceAlone || realName.State is not RealNameState.Verified)
                return null;

            var result = RealNameHashes.Compare(realName, call["realName"], call["ctfCode"]);
            return result is VerifyResult.Match && call["sceneID"] is Scenes.PapersAndFace ? null : result;
        }
    }
}
