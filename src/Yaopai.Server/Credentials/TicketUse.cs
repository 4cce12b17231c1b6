namespace Yaopai.Server.Credentials;

/// <summary>The one use of a ticket.</summary>
/// <remarks>A second use ends nothing: a ticket goes through hands that may well try twice, and opens nothing without the app's
/// secret.</remarks>
internal sealed class TicketUse(IUsedCodeStore used, TimeProvider time)
{
    /// <summary>How much longer than a ticket lives its use is remembered: clocks of nodes differ, and the sandbox moves them.</summary>
    private static readonly TimeSpan s_margin = TimeSpan.FromHours(1);

    /// <summary>Uses nothing.</summary>
    public async ValueTask<bool> IsUnusedAsync(Credential ticket, CancellationToken ct) =>
        !await used.IsUsedAsync(ticket.AppId, ticket.Id, ct);

    /// <summary>Uses the ticket, durably. False when it was used before, on any node.</summary>
    public async ValueTask<bool> TryUseAsync(Credential ticket, CancellationToken ct) =>
        await used.TryUseAsync(ticket.AppId, ticket.Id, time.GetUtcNow() + (ticket.ExpiresAt - ticket.IssuedAt) + s_margin, ct);
}
