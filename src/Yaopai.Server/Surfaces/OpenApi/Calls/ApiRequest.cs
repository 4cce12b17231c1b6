using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>A call of a method, and who makes it.</summary>
internal abstract class ApiRequest(Call call, ApiCaller caller)
{
    private DateTimeOffset[]? _instants;

    public string this[string parameter] => call.Parameters[parameter];

    public Call Call => call;

    public ApiCaller Caller => caller;

    /// <summary>Null when the request names none, or one that is not there.</summary>
    public App? App => call.App;

    /// <summary>What the timestamp may stand for; nothing where it is none.</summary>
    public DateTimeOffset[] Instants => _instants ??= Timestamps.Read(this["timestamp"]);

    /// <summary>The old dispatcher: calls are always signed, and numbered instead of dated.</summary>
    public bool IsNumbered => call.Path is RestServer.Path;

    public long? AppId => caller.AppId;

    /// <summary>With which the signature was compared.</summary>
    public IReadOnlyList<string> TriedSecrets { get; set; } = [];

    public Credential? Credential => caller.Credential.Credential;

    /// <summary>Null for an app that calls for itself.</summary>
    public long? UserId => Credential is { AccountId: not 0 and var id } ? id : null;

    /// <summary>Whether the identifiers of newer apps are asked for.</summary>
    public bool WantsUnionId => this["get_unionid"] is "1";

    /// <summary>What a call may say of a person: nothing, or the caller's own; an app that calls for itself may name anyone.</summary>
    public bool ConcernsCallerOnly => UserId is not { } own || this["uid"] is "" || Id(this["uid"]) is not { } uid || uid == own;

    /// <summary>False where a parameter lists more than the method takes: too many, like the parameters themselves,
    /// and as early said.</summary>
    public virtual bool IsWithinCounts => true;

    /// <summary>The person that the call is about: named, or the caller's own.
    /// Null where it has to be named and is not, or is no number.</summary>
    public long? SubjectId => this["uid"] is { Length: > 0 } uid ? Id(uid) : UserId;

    public async ValueTask<Account> UserAsync(AccountDirectory accounts) =>
        await accounts.FindAsync(UserId!.Value, call.Ct)
            ?? throw new FailureException(Failure.DataUnreadable, "The account of the token is gone.");

    /// <summary>Of a list with commas; null where an item is empty.</summary>
    public string[]? List(string parameter) =>
        this[parameter].Split(',', StringSplitOptions.TrimEntries) is var items && items.All(item => item is not "") ? items : null;

    /// <summary>The people of a list with commas; null where something else stands in it.</summary>
    public long[]? Ids(string parameter) =>
        List(parameter)?.Select(Id).ToArray() is { } numbers && numbers.All(number => number is not null)
            ? [.. numbers.Select(number => number!.Value)]
            : null;

    /// <summary>Of a person: nobody is zero, which elsewhere stands for everybody.</summary>
    private static long? Id(string text) => Number(text) is > 0 and var id ? id : null;

    public static long? Number(string text) => ClientId.Number(text);
}
