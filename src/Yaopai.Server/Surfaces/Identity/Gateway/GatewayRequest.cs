using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.Identity.OAuth;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>A signed call of the gateway, and what its rules have loaded for it so far.</summary>
internal class GatewayRequest(Call call, GatewayKit kit, string target, Failure? trouble)
{
    /// <summary>How far the date of a call may be from the app's time, either way.</summary>
    private static readonly TimeSpan s_window = TimeSpan.FromMinutes(20);

    /// <summary>How long a request id counts.</summary>
    private static readonly TimeSpan s_idLife = TimeSpan.FromDays(1);

    /// <summary>Longer than a request may take: who has no answer by then is gone.</summary>
    private static readonly TimeSpan s_lease = TimeSpan.FromMinutes(1);

    private const int LongestRequestId = 64;

    private static readonly string[] s_dates = ["yyyy-MM-dd HH:mm:ss", "yyyyMMddHHmmss"];

    private bool? _signatureHolds;
    private IReadOnlyList<string> _secrets = [];

    /// <summary>A parameter of the operation, or one that every call carries.</summary>
    public string this[string name] => SystemParameters.Read(call, name);

    public Call Call => call;

    public GatewayKit Kit => kit;

    public App App => call.App!;

    public long? AppId { get; } = ClientId.Parse(SystemParameters.Read(call, "appid"));

    public DateTimeOffset Now => AppId is { } id ? call.NowFor(id) : call.Now;

    public bool IsPost => HttpMethods.IsPost(call.Http.Request.Method);

    public bool IsReadable => trouble is null && !call.Parameters.HaveRepeats;

    public Reason? WhyNotReadable() => call.WhyUnreadable() ?? "a parameter stands more than once, and the call is signed";

    public bool HasWellFormedId => RequestId.Length <= LongestRequestId
        && RequestId.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or ':');

    public DateTimeOffset? Instant { get; } = CallTime.Read(SystemParameters.Read(call, "datetime"), s_dates);

    public bool IsOfNow => (Instant!.Value - Now).Duration() <= s_window;

    public bool IsOfAllowedAddress => App.Allows(call.Peer);

    public bool IsSecure => kit.Callers.IsSecure(call);

    /// <summary>What a request makes anew has this id: the same however often the request is tried.</summary>
    public long SubjectId { get; private set; } = AccountFormats.NewId();

    public string RequestId => this[SystemParameters.RequestId];

    /// <summary>Takes a call of the app's quota where the signature shows that it is the app that calls, else of the address's.</summary>
    public async ValueTask<bool> TryTakeQuotaAsync() => await kit.Callers.TryTakeAsync(
        call, target, await SignatureHoldsAsync() ? CallerProof.OfApp : CallerProof.None);

    public async ValueTask<bool> SignatureHoldsAsync()
    {
        if (_signatureHolds is { } known)
            return known;

        var method = GatewaySignature.MethodOf(this["signtype"])!.Value;
        var parameters = SystemParameters.AllOf(call);
        var holds = false;
        _secrets = [.. await kit.Secrets.OpenAsync(App, call.Ct)];
        foreach (var secret in _secrets)
            holds |= GatewaySignature.Scheme.Holds(method, parameters, GatewaySignature.Name, this[GatewaySignature.Name], secret);

        _signatureHolds = holds;
        return holds;
    }

    /// <summary>Uses the signature up, on every node.</summary>
    public ValueTask<bool> IsFirstAsync() => kit.Calls.TryTakeAsync(
        new SignedCall(
            App.Id, "identity gateway", Instant!.Value, this["datetime"], this[GatewaySignature.Name].ToLowerInvariant(), s_window),
        call.Ct);

    public Reason WhyNotOfNow() =>
        new($"datetime is {Instant:O}; it is {Now:O} for the app, and {s_window.TotalSeconds:0} seconds either way are accepted")
        {
            Expected = $"{Now:O} ± {s_window.TotalSeconds:0} s",
            Actual = $"{Instant:O}",
        };

    public Reason WhySignatureIsWrong() => App.SigningSecrets.Count == 0
        ? new Reason($"app {App.Id} does not sign: no copy of its secret is kept")
        : GatewaySignature.Explain(
            [.. SystemParameters.AllOf(call)], GatewaySignature.MethodOf(this["signtype"])!.Value, this[GatewaySignature.Name], _secrets);

    /// <summary>Takes the request for this call, unless one with its id was taken before.</summary>
    public async ValueTask<RequestState> BeginAsync()
    {
        var now = kit.Time.GetUtcNow();
        var content = kit.ContentOf(target, SystemParameters.ContentOf(call));
        var state = await kit.Requests.BeginAsync(
            new NumberedRequest(App.Id, RequestId, content, SubjectId), now, now + s_lease, now + s_idLife, call.Ct);
        SubjectId = state.SubjectId;
        return state;
    }
}

/// <summary>A call about one person.</summary>
internal class UserRequest(Call call, GatewayKit kit, string target, Failure? trouble) : GatewayRequest(call, kit, target, trouble)
{
    private AccessKey? _accessKey;

    public Account User { get; private set; } = null!;

    public bool NamesUser => this["openid"] is not "" || (this["id"] is not "" && ManagedUsers.MayManageAll(App));

    public async ValueTask<bool> LoadUserAsync() =>
        (User = (await Kit.Users.FindAsync(App, this["openid"], this["id"], Call.Ct))!) is not null;

    public async ValueTask<bool> LoadAccessKeyAsync() => (_accessKey = await Kit.AccessKeys.FindAsync(User.Id, Call.Ct)) is not null;

    public bool AccessKeyMatches => _accessKey!.Matches(this["access_key"]);
}
