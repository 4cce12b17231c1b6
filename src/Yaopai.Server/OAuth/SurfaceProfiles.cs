using Yaopai.Errors;
using Yaopai.Server.Apps;

namespace Yaopai.Server.OAuth;

/// <summary>The profiles of all surfaces, for the pages and tools that serve every one of them.</summary>
internal sealed class SurfaceProfiles(IEnumerable<SurfaceProfile> profiles)
{
    private readonly SurfaceProfile[] _all = [.. profiles];

    public IReadOnlyList<SurfaceProfile> All => _all;

    /// <summary>A scope in plain words; its name where no platform knows it.</summary>
    public Phrase TextOf(string scope) => Find(scope)?.Text ?? new Phrase(scope, scope);

    /// <inheritdoc cref="SurfaceProfile.AlwaysToldTo"/>
    public IEnumerable<Phrase> AlwaysToldTo(App app) => _all.SelectMany(profile => profile.AlwaysToldTo(app));

    /// <summary>Whether the person chooses a phone number to share.</summary>
    public bool AskForPhone(IEnumerable<string> scopes) => scopes.Any(scope => Find(scope) is { AsksForPhone: true });

    /// <summary>What is wrong with a user code, where an error says that; null for any other error.</summary>
    public UserCodeFault? FaultOf(ErrorDefinition error)
    {
        foreach (var profile in _all)
        {
            if (profile.UserCodeFaults.TryGetValue(error, out var fault))
                return fault;
        }

        return null;
    }

    private Scope? Find(string name) => _all.Select(profile => profile.FindScope(name)).FirstOrDefault(scope => scope is not null);
}
