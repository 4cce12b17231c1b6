using Yaopai.Server.Apps;

namespace Yaopai.Server.Events;

/// <summary>The writers of the surfaces that have events of their own.</summary>
internal sealed class EventWriters(IEnumerable<IEventWriter> writers)
{
    private readonly IEventWriter[] _writers = [.. writers];

    public IEnumerable<string> Surfaces => _writers.Select(writer => writer.Surface);

    /// <summary>What an app may want to hear of in the words of a surface.</summary>
    public IReadOnlyList<SecurityEventKind> KindsOf(string? surface) => Find(surface)?.Kinds ?? [];

    /// <summary>The writer that an app's subscription names; null when this installation has none of that name.</summary>
    /// <param name="surface">Null names the one that is registered first: subscriptions were stored before there was a second.</param>
    public IEventWriter? Find(string? surface) =>
        surface is null ? _writers.FirstOrDefault() : Array.Find(_writers, writer => writer.Surface == surface);
}
