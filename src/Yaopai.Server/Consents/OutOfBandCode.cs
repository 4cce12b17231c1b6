namespace Yaopai.Server.Consents;

/// <summary>What a page shows to a person who carries it over to an app that has no address.</summary>
/// <param name="Code">Null where the app reads what it needs from the address of the page.</param>
internal sealed record OutOfBandCode(string AppName, string? Code, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 5;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
