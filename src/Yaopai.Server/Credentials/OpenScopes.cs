using Yaopai.Server.Apps;

namespace Yaopai.Server.Credentials;

/// <summary>What apps of the Open API ask for by name.</summary>
/// <param name="IsOpen">Every app may ask for it; all others are approved app by app.</param>
/// <param name="IsOfPerson">It opens something of a person, so that an app alone cannot have it.</param>
internal sealed record OpenScope(string Name, bool IsOpen, bool IsOfPerson);

internal static class OpenScopes
{
    /// <summary>Where a person is asked and nothing is named.</summary>
    public const string Default = "basic";

    /// <summary>Where an app asks for itself.</summary>
    public const string Public = "public";

    public static IReadOnlyList<OpenScope> All { get; } =
    [
        new("basic",     IsOpen: true,  IsOfPerson: true),
        new("email",     IsOpen: true,  IsOfPerson: true),
        new("super_msg", IsOpen: false, IsOfPerson: true),
        new("netdisk",   IsOpen: false, IsOfPerson: true),
        new("hao123",    IsOpen: false, IsOfPerson: true),
        new("public",    IsOpen: true,  IsOfPerson: false),
    ];

    public static OpenScope? Find(string name) => All.FirstOrDefault(scope => scope.Name == name);

    /// <summary>What an app may ask a person for.</summary>
    public static bool IsOpenTo(App app, string name) => Find(name) is { } scope && (scope.IsOpen || app.ApprovedScopes.Contains(name));

    /// <summary>What an app may have of its own.</summary>
    public static bool IsOpenToAppAlone(App app, string name) => IsOpenTo(app, name) && Find(name) is { IsOfPerson: false };
}
