using System.Threading.Channels;

namespace Yaopai.Server.Accounts.Verification;

/// <summary>Sends messages in the background: how long that takes, and whether there is anybody to send to, no answer tells.</summary>
internal sealed class MessagePost(IVerificationSender sender, ILogger<MessagePost> log) : BackgroundService
{
    private const int MostWaiting = 1000;
    private const int AtOnce = 4;

    private readonly Channel<VerificationMessage> _waiting = Channel.CreateBounded<VerificationMessage>(MostWaiting);

    public bool Reaches(bool byMail) => sender.Reaches(byMail);

    public async Task PostAsync(VerificationMessage message, CancellationToken ct)
    {
        if (sender.IsImmediate)
            await sender.TrySendAsync(message, ct);
        else if (!_waiting.Writer.TryWrite(message))
            log.VerificationUndelivered("too many messages wait to be sent");
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Parallel.ForEachAsync(
        _waiting.Reader.ReadAllAsync(stoppingToken),
        new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stoppingToken },
        async (message, ct) => await sender.TrySendAsync(message, ct)); // which logs what goes wrong, and throws nothing
}
