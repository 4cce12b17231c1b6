namespace Yaopai.Server.Consents;

/// <summary>A person on the way to the page where a device is allowed or refused: they knew its user code,
/// and nobody has to ask for it again.</summary>
/// <param name="DeviceId">A user code may be somebody else's later.</param>
/// <param name="ReturnTo">The request that sent them, as path and query on this host:
/// where to ask what is wrong when a step is not taken. Empty where none did, and the page says itself that it cannot go on.</param>
internal sealed record DeviceVisit(Guid DeviceId, string UserCode, string ReturnTo, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 3;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
