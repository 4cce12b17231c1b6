using Yaopai.Server.Gateway;
using Yaopai.Server.Provisioning;

namespace Yaopai.Server.Surfaces.WeLink.Contacts.Changes;

/// <summary>What an operation of the second generation takes of a person or department, and what is meant by it.</summary>
internal sealed record Form(IReadOnlyList<Field> Fields, Func<JsonBody, bool> Agrees, Func<JsonBody, ItemChange> Read)
{
    /// <summary>Of which one has to be there.</summary>
    public IReadOnlyList<string> OneOf { get; init; } = [];
}
