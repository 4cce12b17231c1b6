using Yaopai.Server.Consents;

namespace Yaopai.Server.Admin.Api;

/// <summary>Where a page ended. Nobody can read or make one, and it is good for nobody and nothing else.</summary>
/// <param name="Filters">The query that it was given for.</param>
/// <param name="After">The last thing of the page, as its list names it.</param>
internal sealed record AdminCursor(string Operation, string Filters, long AdminKeyId, string After, DateTimeOffset IssuedAt) : ITicket
{
    public const string Name = "cursor";

    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(1);

    public static Member Parameter { get; } =
        new(Name, ValueKind.Text, "Where the page before ended: its next.") { Longest = 4096 };

    public static byte Kind => 40;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
