using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Accounts;

/// <summary>Hashes few passwords at a time: it takes a tenth of a second each, and sign-ins must not keep everybody else waiting.</summary>
internal sealed class PasswordHashing(IOptions<SignInOptions> options) : IDisposable
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(5);

    // What is verified where there is no account: nobody knows its password, and it takes as long.
    private static readonly Lazy<string> s_nobody = new(() => Passwords.Hash(Passwords.Generate()));

    private readonly SemaphoreSlim _places = new(options.Value.MaxHashing);

    /// <param name="IsRight">Never for nobody.</param>
    /// <param name="NewHash">What to keep instead, when the hash was made with fewer iterations than are made today.</param>
    internal sealed record Check(bool IsRight, string? NewHash);

    /// <summary>Null when too many others wait.</summary>
    public Task<Check?> VerifyAsync(string? hash, string password, CancellationToken ct) => InTurnAsync(
        () =>
        {
            var nobody = s_nobody.Value; // always, so that the first one who is nobody does not take longer
            var result = Passwords.Verify(hash ?? nobody, password);
            return new Check(
                hash is not null && result is not PasswordVerificationResult.Failed,
                hash is not null && result is PasswordVerificationResult.SuccessRehashNeeded ? Passwords.Hash(password) : null);
        }, ct);

    /// <summary>Null when too many others wait.</summary>
    public Task<string?> HashAsync(string password, CancellationToken ct) => InTurnAsync(() => Passwords.Hash(password), ct);

    public void Dispose() => _places.Dispose();

    internal async Task<T?> InTurnAsync<T>(Func<T> hash, CancellationToken ct) where T : class
    {
        if (!await _places.WaitAsync(s_timeout, ct))
            return null;

        try
        {
            return hash();
        }
        finally
        {
            _places.Release();
        }
    }
}
