using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Consenting;

/// <summary>What an app asks for; new is what it was not allowed before.</summary>
public sealed record RequestedScopes(IReadOnlyList<(Phrase Text, bool IsNew)> Scopes)
{
    /// <summary>True when something was allowed before, so that it is worth saying what is new.</summary>
    public bool IsMore => Scopes.Any(scope => !scope.IsNew) && Scopes.Any(scope => scope.IsNew);

    internal static RequestedScopes Of(SurfaceProfiles profiles, App app, IEnumerable<string> scopes, Consent? before) => new(
    [
        .. scopes.Select(scope => (Text: profiles.TextOf(scope), IsNew: before?.Scopes.Contains(scope) is not true))
            .DistinctBy(scope => scope.Text),
        .. profiles.AlwaysToldTo(app).Select(text => (text, before is null)),
    ]);
}
