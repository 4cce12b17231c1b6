using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>The signature of a call: that it is of this moment, right, and seen for the first time.</summary>
internal sealed class CallSignature(ApiServices services)
{
    /// <summary>How much longer than it could be sent again a call is remembered: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    private readonly TimeSpan _window = services.Options.Value.TimestampWindow;

    public static string NameOf(ApiRequest x) => x.IsNumbered ? "bd_sig" : "sign";

    public bool IsDated(ApiRequest x)
    {
        if (x.IsNumbered)
            return Timestamps.Number(x["call_id"]) is not null;

        var now = x.AppId is { } appId ? services.Clock.NowFor(appId) : services.Clock.Now;
        return Timestamps.Read(x["timestamp"]).Any(instant => (instant - now).Duration() <= _window);
    }

    /// <summary>True where no secret is to be had for want of a session that is known: what is wrong with that one, another rule says.</summary>
    public async ValueTask<bool> HoldsAsync(ApiRequest x)
    {
        if (x.Caller.Mode is ApiMode.Session && x.Credential is null)
            return true;

        var method = Signature.MethodOf(x["sign_method"])!.Value;
        var name = NameOf(x);
        var holds = false;
        foreach (var secret in await SecretsAsync(x))
            holds |= Signature.Holds(method, x.Call.Parameters.Items, name, x[name], secret);

        return holds;
    }

    /// <summary>Claims the call, on every node: only once its signature was found right, so that nobody else can use it up.</summary>
    public async ValueTask<bool> IsFirstAsync(ApiRequest x)
    {
        var keepUntil = services.Time.GetUtcNow() + _window + _window + s_margin;
        if (x.AppId is not { } appId || (x.Caller.Mode is ApiMode.Session && x.Caller.Credential.Standing is not OpenStanding.Holds))
            return true; // nothing is going to be done, and nothing is kept for it

        if (!x.IsNumbered)
        {
            // A date that may stand for two instants is good for a while around each.
            var instants = Timestamps.Read(x["timestamp"]);
            var between = instants.Max() - instants.Min();
            return await services.Used.TryUseAsync(appId, IdOf(instants[0], x["timestamp"], x["sign"]), keepUntil + between, x.Call.Ct);
        }

        // What an app numbers without a session is one sequence. As long as the session lives: later it is refused for that.
        var (session, end) = x.Credential is { } credential ? (credential.GrantId, credential.ExpiresAt) : (Guid.Empty, DateTimeOffset.MaxValue);
        return await services.CallIds.TryAdvanceAsync(
            appId, session, Timestamps.Number(x["call_id"])!.Value, Latest(end, keepUntil), x.Call.Ct);
    }

    private async ValueTask<IReadOnlyList<string>> SecretsAsync(ApiRequest x) =>
        x.Caller.Mode is ApiMode.Session && (!x.IsNumbered || x["ss"] is "1")
            ? [services.Credentials.SecretOf(x["session_key"])]
            : await services.Secrets.OpenAsync(x.App!, x.Call.Ct);

    /// <summary>The time goes first, so that the rows of one moment fall on few pages.</summary>
    private static Guid IdOf(DateTimeOffset instant, string timestamp, string signature)
    {
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"open call\0{timestamp}\0{signature}"), id);
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)instant.ToUnixTimeSeconds());
        return new Guid(id[..16], bigEndian: true);
    }

    private static DateTimeOffset Latest(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
