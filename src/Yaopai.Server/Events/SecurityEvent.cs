using Yaopai.Server.Apps;

namespace Yaopai.Server.Events;

/// <summary>Something that an app has to know about a person who once trusted it.</summary>
/// <param name="Id">Its own for good: a receiver that gets the event twice recognises it by this.</param>
/// <param name="Scopes">What the person had allowed the app.</param>
/// <param name="OccurredAt">On the app's own clock.</param>
internal sealed record SecurityEvent(
    long AppId, Guid Id, long AccountId, SecurityEventKind Kind, IReadOnlyList<string> Scopes, DateTimeOffset OccurredAt)
{
    /// <summary>32 lower-case hexadecimal digits.</summary>
    public string Name => Id.ToString("n");
}
