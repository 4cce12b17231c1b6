using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway.Signing;

/// <summary>A call that was signed: of which app, when, and what tells it from all others.</summary>
/// <param name="Kind">What is signed, so that two kinds of calls do not use up each other's.</param>
/// <param name="Instant">As the caller dated it.</param>
/// <param name="Date">The same, as the caller wrote it.</param>
/// <param name="Window">How far its date may be from now, either way.</param>
internal readonly record struct SignedCall(
    long AppId, string Kind, DateTimeOffset Instant, string Date, string Signature, TimeSpan Window)
{
    /// <summary>The time goes first, so that the rows of one moment fall on few pages.</summary>
    public Guid Id()
    {
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Kind}\0{Date}\0{Signature}"), id);
        return Dated(id, Instant);
    }

    /// <summary>The first id of a moment.</summary>
    public static Guid FirstOf(DateTimeOffset instant) => Dated(stackalloc byte[SHA256.HashSizeInBytes], instant);

    private static Guid Dated(Span<byte> id, DateTimeOffset instant)
    {
        BinaryPrimitives.WriteUInt32BigEndian(id, (uint)instant.ToUnixTimeSeconds());
        return new Guid(id[..16], bigEndian: true);
    }
}

/// <summary>Signed calls are taken once each, on all nodes together and over every restart.</summary>
/// <remarks>
/// Where one node serves alone, it remembers the calls of the last minutes, and has a fence for each app: the date up to which it may
/// have taken calls, durable before it takes one of them. A process that breaks off forgets its calls, and who comes after it refuses
/// what is dated up to its fence. A process that stops writes rows for its calls. See decision 20.
/// </remarks>
internal sealed class SignedCalls(
    RememberedCalls remembered, ICallFenceStore fences, IUsedCodeStore used, IAppClock clock, TimeProvider time)
{
    /// <summary>How much longer a row stays than its call could come again: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>The same for what is remembered: the clock of one node, which may be set.</summary>
    private static readonly TimeSpan s_ownMargin = TimeSpan.FromMinutes(5);

    /// <summary>Calls of clocks further from ours get a row: a fence at their date would keep other machines of the app out.</summary>
    private static readonly TimeSpan s_near = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_longestWindow = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<long, AppFence> _fences = new();
    private volatile bool _isClosed;

    /// <summary>The longest that rows of calls are kept whose window is usual.</summary>
    public static TimeSpan RowsAreKept => s_longestWindow + s_longestWindow + s_margin;

    /// <summary>How long something of a call has its row that is dated within the window.</summary>
    public DateTimeOffset KeepUntil(TimeSpan window) => time.GetUtcNow() + window + window + s_margin;

    /// <summary>Takes the call, durably. False when it was taken before, on any node, or may have been before a node broke off. Only once
    /// its signature was found right, so that nobody else can use it up.</summary>
    public async ValueTask<bool> TryTakeAsync(SignedCall call, CancellationToken ct)
    {
        var (id, now) = (call.Id(), time.GetUtcNow());
        var fence = await FenceOfAsync(call.AppId, now, ct);
        if (call.Instant <= fence.Floor)
            return false;

        var mayRemember = MayRemember(call, now);
        if (!remembered.TryAdd(call, id, call.Instant + call.Window + s_ownMargin, now))
            return false; // it was taken, or another is being taken

        var stays = false;
        try
        {
            if (mayRemember)
            {
                if (fence.MayHaveRows(now) && await used.IsUsedAsync(call.AppId, id, ct))
                    return false;

                await fence.ReachAsync(call.Instant);
                // Asked last: who comes after this finds the fence.
                if (stays = IsAlone)
                    return true;
            }

            var keepUntil = KeepUntil(call.Window);
            fence.ExpectRows(keepUntil);
            return await used.TryUseAsync(call.AppId, id, keepUntil, ct);
        }
        finally
        {
            if (!stays)
                remembered.Remove(call, id);
        }
    }

    /// <summary>Writes what is remembered, so that the next process knows it. What is left unwritten has the fences before it.</summary>
    public async Task CloseAsync(CancellationToken ct)
    {
        _isClosed = true;
        try
        {
            await Parallel.ForEachAsync(
                remembered.All, new ParallelOptions { MaxDegreeOfParallelism = 256, CancellationToken = ct },
                async (call, ct) => await used.TryUseAsync(call.AppId, call.Id, call.Until + s_margin, ct));
            foreach (var fence in _fences.Values)
                await fence.LowerAsync(ct);
        }
        catch (Exception exception) when (exception is StorageException or OperationCanceledException)
        {
            // The fences stay where they are.
        }
    }

    private bool IsAlone => !_isClosed && fences.IsAlone;

    private bool MayRemember(in SignedCall call, DateTimeOffset now) =>
        IsAlone && clock is WallClock // in the sandbox a call may come again when its clock is set back
        && (call.Instant - now).Duration() <= s_near && call.Window <= s_longestWindow && !remembered.IsFull;

    private async ValueTask<AppFence> FenceOfAsync(long appId, DateTimeOffset now, CancellationToken ct)
    {
        if (_fences.TryGetValue(appId, out var known))
            return known;

        var found = await fences.FindAsync(
            appId, SignedCall.FirstOf(now - s_longestWindow - s_margin), SignedCall.FirstOf(now + s_longestWindow + s_margin), ct);
        return _fences.GetOrAdd(appId, new AppFence(appId, found, now, fences));
    }
}

/// <summary>Has the calls written that are in memory when the server stops, after its last request.</summary>
internal sealed class SignedCallsAtStop(SignedCalls calls) : IHostedService
{
    public Task StartAsync(CancellationToken ct) => Task.CompletedTask;

    public Task StopAsync(CancellationToken ct) => calls.CloseAsync(ct);
}
