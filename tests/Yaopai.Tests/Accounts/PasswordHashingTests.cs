using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;

namespace Yaopai.Tests.Accounts;

public sealed class PasswordHashingTests : IDisposable
{
    private readonly PasswordHashing _hashing = new(Options.Create(new SignInOptions { MaxHashing = 1 }));

    [Fact]
    public async Task No_more_than_the_set_number_are_hashed_at_a_time()
    {
        using var mayEnd = new ManualResetEventSlim();
        var started = new TaskCompletionSource();
        var first = Task.Run(() => _hashing.InTurnAsync(
            () =>
            {
                started.SetResult();
                mayEnd.Wait();
                return "first";
            }, default));
        await started.Task;

        using var impatient = new CancellationTokenSource();
        var second = _hashing.HashAsync("correct horse", impatient.Token);
        Assert.False(second.IsCompleted);
        await impatient.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);

        mayEnd.Set();
        Assert.Equal("first", await first);
        Assert.NotNull(await _hashing.HashAsync("correct horse", default)); // the one who left took no place along
    }

    [Fact]
    public async Task Nobody_has_no_password()
    {
        var check = await _hashing.VerifyAsync(hash: null, "correct horse", default);

        Assert.Equal((false, null), (check!.IsRight, check.NewHash));
    }

    public void Dispose() => _hashing.Dispose();
}
