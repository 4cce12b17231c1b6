using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Administration;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Admin.Api;

/// <summary>Answers a request that is sent again under the same Idempotency-Key as it was answered the first time, for a day.</summary>
/// <remarks>An answer may have a secret that is shown once, so answers are kept sealed; and only for the admin key that asked.</remarks>
internal sealed class Repeats(IStoredAnswers store, KeyRing keys, TimeProvider time)
{
    public const string Header = "Idempotency-Key";

    private const int LongestKey = 255;

    private static readonly TimeSpan s_kept = TimeSpan.FromDays(1);

    public async Task<(AdminAnswer? Answer, AdminProblem? Problem, bool IsRepeat)> AnswerAsync(
        HttpRequest request, AdminKey key, byte[] body, Func<Task<AdminAnswer>> answerAsync, CancellationToken ct)
    {
        if (!request.Headers.TryGetValue(Header, out var given))
            return (await answerAsync(), null, false);

        if (given is not [{ Length: > 0 and <= LongestKey } named] || !named.All(c => c is > ' ' and < '\x7f'))
            return (null, new(OperatorErrors.AdminApi.RepeatKeyMalformed, $"{Header} is malformed."), false);

        var askedId = SHA256.HashData(Encoding.ASCII.GetBytes(named));
        var fingerprint = FingerprintOf(request, body);
        if (await store.BeginAsync(key.Id, askedId, fingerprint, time.GetUtcNow() + s_kept, ct) is { } known)
            return await KnownAsync(key, askedId, fingerprint, known, ct);

        try
        {
            var answer = await answerAsync();
            var plain = JsonSerializer.SerializeToUtf8Bytes(answer);
            await store.CompleteAsync(key.Id, askedId, keys.SealPersonal(OwnerOf(key, askedId), plain), CancellationToken.None);
            return (answer, null, false);
        }
        catch (CommandException)
        {
            await store.AbandonAsync(key.Id, askedId, CancellationToken.None); // nothing was done: the request may be mended
            throw;
        }
    }

    private async Task<(AdminAnswer?, AdminProblem?, bool)> KnownAsync(
        AdminKey key, byte[] askedId, byte[] fingerprint, StoredAnswer known, CancellationToken ct)
    {
        if (!CryptographicOperations.FixedTimeEquals(known.Fingerprint, fingerprint))
            return (null, new(OperatorErrors.AdminApi.RepeatDiffers, $"This {Header} came with another request before."), false);

        return known.Sealed is not null && await keys.OpenPersonalAsync(OwnerOf(key, askedId), known.Sealed, ct) is { } plain
            ? (JsonSerializer.Deserialize<AdminAnswer>(plain), null, true)
            : (null, new(OperatorErrors.AdminApi.RepeatUnderWay, "The same request has no answer yet."), false);
    }

    /// <summary>What else makes a request the one that it is.</summary>
    private static byte[] FingerprintOf(HttpRequest request, byte[] body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method}\n{request.Path}\n{request.QueryString}\n{request.Headers.IfMatch}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static byte[] OwnerOf(AdminKey key, byte[] askedId) => [.. "admin answer\0"u8, .. BitConverter.GetBytes(key.Id), .. askedId];
}
