using System.Collections.Concurrent;
using Yaopai.Server.Accounts.Verification;

namespace Yaopai.Server.Sandbox;

/// <summary>What the sandbox would have sent: the last messages of this node, for whoever may use the sandbox to read.</summary>
internal sealed class SandboxMessages : IVerificationSender
{
    private const int Kept = 500;

    private readonly ConcurrentQueue<VerificationMessage> _messages = new();

    public bool IsImmediate => true;

    public bool Reaches(bool byMail) => true;

    public Task<bool> TrySendAsync(VerificationMessage message, CancellationToken ct)
    {
        _messages.Enqueue(message);
        while (_messages.Count > Kept)
            _messages.TryDequeue(out _);

        return Task.FromResult(true);
    }

    /// <summary>The latest first.</summary>
    /// <param name="to">Empty for all of them.</param>
    public IEnumerable<VerificationMessage> List(string to) => _messages.Reverse().Where(message => to is "" || message.To == to);

    public void Clear() => _messages.Clear();
}
