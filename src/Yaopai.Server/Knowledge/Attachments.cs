using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Knowledge;

/// <summary>Takes files in, piece by piece and never whole in memory, and gives them out again.</summary>
/// <remarks>
/// They are kept in the database, and not in the data folder: every node has to serve what one of them took, a backup is one, and a file
/// is there or not together with what says so. A file arrives under an id of its own that nobody knows, is hashed on its way and sealed
/// at its end; what stands in for another takes its place in one write. What was never sealed, or belongs to no article, is swept.
/// </remarks>
internal sealed class Attachments(
    IUploadStore uploads, IAttachmentStore store, IOptions<KnowledgeOptions> options, TimeProvider time)
{
    /// <summary>Bytes in one row: short enough for others to write between two of them.</summary>
    private const int PartSize = 256 * 1024;

    /// <summary>How long a sender may send what was announced.</summary>
    private static readonly TimeSpan s_announced = TimeSpan.FromHours(1);

    /// <summary>Longer than any file may take to come: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_unfinished = TimeSpan.FromHours(3);

    /// <summary>How long a file without an article is kept.</summary>
    private static readonly TimeSpan s_unused = TimeSpan.FromDays(7);

    /// <summary>How long content is kept after nothing has it any more: somebody may be reading it.</summary>
    private static readonly TimeSpan s_replaced = TimeSpan.FromHours(1);

    public long Largest => options.Value.MaxFileBytes;

    public async Task<UploadAnswer> AddAsync(
        long tenantId, long appId, string name, Stream content, Expected expected, CancellationToken ct)
    {
        var draft = new Attachment(NewId(), appId, name, NewId(), Content: null, Announced: null);
        if (expected.Size is 0)
            return UploadOutcome.Empty;
        if (expected.Size > Largest)
            return UploadOutcome.TooLarge;

        await uploads.TryAddAsync(tenantId, draft, time.GetUtcNow() + s_unfinished, ct);
        UploadAnswer answer = UploadOutcome.Unknown;
        try
        {
            return answer = await ReceiveAsync(tenantId, draft, content, expected, ct);
        }
        finally
        {
            if (answer.Outcome is not UploadOutcome.Done)
                await uploads.AbandonAsync(tenantId, draft.Id, CancellationToken.None);
        }
    }

    /// <summary>Gives a file another name and other bytes.</summary>
    public async Task<UploadAnswer> ReplaceAsync(
        long tenantId, long appId, string id, string name, Stream content, Expected expected, CancellationToken ct)
    {
        if (await FindOfAppAsync(tenantId, appId, id, ct) is null)
            return UploadOutcome.Unknown;

        var answer = await AddAsync(tenantId, appId, name, content, expected, ct);
        if (answer.Attachment is not { } arrived)
            return answer;

        return await store.TryTakeOverAsync(tenantId, appId, id, arrived.Id, time.GetUtcNow() + s_replaced, ct)
            ? new UploadAnswer(UploadOutcome.Done, arrived with { Id = id })
            : UploadOutcome.Unknown;
    }

    /// <summary>Makes room for a file whose bytes come later, from whoever shows the key.</summary>
    /// <param name="now">By the clock of the app.</param>
    public async Task<(Attachment Attachment, string Key)> AnnounceAsync(
        long tenantId, long appId, string name, long size, byte[] md5, DateTimeOffset now, CancellationToken ct)
    {
        var key = NewId();
        var announced = new Announcement(size, md5, HashOf(key), now + s_announced);
        var attachment = new Attachment(NewId(), appId, name, NewId(), Content: null, announced);
        await uploads.TryAddAsync(tenantId, attachment, time.GetUtcNow() + s_announced + s_unfinished, ct);
        return (attachment, key);
    }

    /// <summary>The file that the key was given out for, while its bytes may come.</summary>
    /// <param name="nowFor">The clock of an app.</param>
    public async Task<Attachment?> FindAnnouncedAsync(
        long tenantId, string id, string key, Func<long, DateTimeOffset> nowFor, CancellationToken ct) =>
        IsId(id)
        && await store.FindAsync(tenantId, id, ct) is { Announced: { } announced, Content: null } attachment
        && CryptographicOperations.FixedTimeEquals(announced.KeyHash, HashOf(key))
        && nowFor(attachment.AppId) < announced.Until
            ? attachment
            : null;

    /// <summary>A complete file.</summary>
    public async Task<Attachment?> FindAsync(long tenantId, string id, CancellationToken ct) =>
        IsId(id) && await store.FindAsync(tenantId, id, ct) is { Content: not null } attachment ? attachment : null;

    /// <summary>A file of the app, complete or announced.</summary>
    public async Task<Attachment?> FindOfAppAsync(long tenantId, long appId, string id, CancellationToken ct) =>
        IsId(id) && await store.FindAsync(tenantId, id, ct) is { } attachment && attachment.AppId == appId ? attachment : null;

    public Task<bool> TryRemoveAsync(long tenantId, long appId, string id, CancellationToken ct) =>
        store.TryRemoveAsync(tenantId, appId, id, ct);

    /// <summary>Its bytes, in pieces.</summary>
    public async IAsyncEnumerable<byte[]> ReadAsync(
        long tenantId, Attachment attachment, [EnumeratorCancellation] CancellationToken ct)
    {
        for (var number = 0; await store.ReadPartAsync(tenantId, attachment.ContentId, number, ct) is { } part; number++)
            yield return part;
    }

    public static bool IsId(string text) => text.Length == 32 && text.All(char.IsAsciiHexDigitLower);

    private async Task<UploadAnswer> ReceiveAsync(
        long tenantId, Attachment draft, Stream content, Expected expected, CancellationToken ct)
    {
        using var md5 = IncrementalHash.CreateHash(HashAlgorithmName.MD5); // as the wire has it; nothing is trusted for it
        using var sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (part, size, type) = (new byte[PartSize], 0L, ContentTypes.Unknown);
        for (var number = 0; ; number++)
        {
            var read = await content.ReadAtLeastAsync(part, PartSize, throwOnEndOfStream: false, ct);
            if (read == 0)
                break;

            size += read;
            if (size > Math.Min(Largest, expected.Size ?? Largest))
                return size > Largest ? UploadOutcome.TooLarge : UploadOutcome.Different;

            if (number == 0)
                type = ContentTypes.Of(part.AsSpan(0, Math.Min(read, ContentTypes.Looked)));
            md5.AppendData(part, 0, read);
            sha256.AppendData(part, 0, read);
            if (!await uploads.TryAppendAsync(tenantId, draft.Id, number, part[..read], options.Value.MaxTenantBytes, ct))
                return UploadOutcome.QuotaExceeded;
        }

        if (size == 0)
            return UploadOutcome.Empty;

        var whole = new AttachmentContent(size, type, md5.GetHashAndReset(), sha256.GetHashAndReset());
        if (size != (expected.Size ?? size) || (expected.Md5 is { } said && !whole.Md5.AsSpan().SequenceEqual(said)))
            return UploadOutcome.Different;

        return await uploads.TrySealAsync(tenantId, draft.Id, whole, time.GetUtcNow() + s_unused, ct)
            ? new UploadAnswer(UploadOutcome.Done, draft with { Content = whole })
            : UploadOutcome.Unknown;
    }

    private static string NewId() => Randomness.GetHexString(32);

    private static byte[] HashOf(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
