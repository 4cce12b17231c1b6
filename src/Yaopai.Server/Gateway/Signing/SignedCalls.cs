using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Gateway.Signing;

/// <summary>A call that was signed: of which app, when, and what tells it from all others.</summary>
/// <param name="Kind">What is signed, so that two kinds of calls do not use up each other's.</param>
/// <param name="Instant">As the caller dated it.</param>
/// <param name="Date">The same, as the caller wrote it.</param>
internal readonly record struct SignedCall(long AppId, string Kind, DateTimeOffset Instant, string Date, string Signature)
{
    /// <summary>The time goes first, so that the rows of one moment fall on few pages.</summary>
    public Guid Id()
    {
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}\0{Date}\0{Signature}"), id);
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)Instant.ToUnixTimeSeconds());
        return new Guid(id[..16], bigEndian: true);
    }
}

/// <summary>Signed calls are taken once each, on all nodes together.</summary>
internal sealed class SignedCalls(IUsedCodeStore used, TimeProvider time)
{
    /// <summary>How much longer than it could be sent again a call is remembered:
    /// clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>The end of the time in which a call could be sent again.</summary>
    /// <param name="window">How far its date may be from now, either way.</param>
    public DateTimeOffset KeepUntil(TimeSpan window) => time.GetUtcNow() + window + window + s_margin;

    /// <summary>Uses nothing up.</summary>
    public async ValueTask<bool> IsFirstAsync(SignedCall call, CancellationToken ct) => !await used.IsUsedAsync(call.AppId, call.Id(), ct);

    /// <summary>Takes the call, durably. False when it was taken before, on any node. Only once its signature was found right,
    /// so that nobody else can use it up.</summary>
    public async ValueTask<bool> TryTakeAsync(SignedCall call, DateTimeOffset keepUntil, CancellationToken ct) =>
        await used.TryUseAsync(call.AppId, call.Id(), keepUntil, ct);
}
