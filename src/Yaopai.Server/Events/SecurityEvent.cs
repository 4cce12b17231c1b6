using Yaopai.Server.Apps;

namespace Yaopai.Server.Events;

/// <summary>Something that an app has to know about a person who once trusted it, or an organisation that has it.</summary>
/// <param name="Id">Its own for good: a receiver that gets the event twice recognises it by this.</param>
/// <param name="Scopes">What the person had allowed the app.</param>
/// <param name="OccurredAt">On the app's own clock.</param>
internal sealed record SecurityEvent(
    long AppId, Guid Id, long AccountId, SecurityEventKind Kind, IReadOnlyList<string> Scopes, DateTimeOffset OccurredAt)
{
    /// <summary>The organisation in which it happened. Null for what happened to a person, who is in <see cref="AccountId"/>.</summary>
    public long? TenantId { get; init; }

    /// <summary>The ids of the members or departments of the organisation to whom it happened.</summary>
    public IReadOnlyList<string> Subjects { get; init; } = [];

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public string Name => Id.ToString("n");
}
