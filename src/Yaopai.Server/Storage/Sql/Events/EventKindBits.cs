using Yaopai.Server.Apps;

namespace Yaopai.Server.Storage.Sql.Events;

/// <summary>Kinds of events as they are kept in one column: a bit each.</summary>
internal static class EventKindBits
{
    public static long Of(IReadOnlyList<SecurityEventKind> kinds) => kinds.Aggregate(0L, (bits, kind) => bits | Bit(kind));

    public static IReadOnlyList<SecurityEventKind> Of(long bits) => [.. SecurityEventKinds.All.Where(kind => (bits & Bit(kind)) != 0)];

    private static long Bit(SecurityEventKind kind) => 1L << (int)kind;
}
