using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin.Resources;

/// <summary>Something that an operator does.</summary>
/// <param name="Action">As people write it: <c>app.change</c>.</param>
/// <param name="ObjectKind">What it is done to: <c>app</c>.</param>
/// <param name="ObjectId">Empty for what is made by it.</param>
internal sealed record Deed(Actor Actor, string Action, string ObjectKind, string ObjectId = "");

/// <summary>What a deed leaves behind: what it was done to, before and after. Secrets are left out.</summary>
internal sealed class Trace
{
    public string? ObjectId { get; private set; }

    public string? Before { get; private set; }

    public string? After { get; private set; }

    public void Was(IReadOnlyList<Field> fields) => Before = Fields.ToRecord(fields);

    public void Is(IReadOnlyList<Field> fields) => After = Fields.ToRecord(fields);

    /// <summary>The id of what was made, or what was meant by another name.</summary>
    public void Of(string objectId) => ObjectId = objectId;
}

/// <summary>Lets nothing be done without a word in the audit log.</summary>
/// <remarks>
/// The log has a transaction of its own, because what is done has several. So it is told twice: before, that something is going to be done;
/// and after, what was. If the second never comes, the log says of the first that nobody knows its end.
/// </remarks>
internal sealed class Auditor(IAuditStore store, TimeProvider time)
{
    /// <summary>Longer than anything takes.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    public async Task<T> RecordAsync<T>(Deed deed, Func<Trace, Task<T>> doAsync, CancellationToken ct)
    {
        var intent = new AuditIntent(
            Randomness.NewGuidAt(time.GetUtcNow()), time.GetUtcNow(), deed.Actor, deed.Action, deed.ObjectKind, deed.ObjectId);
        await store.BeginAsync(intent, Patience, ct);
        var trace = new Trace();
        T done;
        try
        {
            done = await doAsync(trace);
        }
        catch (CommandException)
        {
            await store.WithdrawAsync(intent.Id, CancellationToken.None);
            throw;
        }

        // It is done: nobody who hangs up now keeps it from being written down.
        await store.AppendAsync(
            new AuditRecord(
                time.GetUtcNow(), deed.Actor, deed.Action, deed.ObjectKind, trace.ObjectId ?? deed.ObjectId, AuditOutcome.Done,
                trace.Before, trace.After),
            intent.Id, CancellationToken.None);
        return done;
    }
}
