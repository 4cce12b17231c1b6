namespace Yaopai.Testing;

/// <summary>An app that is registered: what a client of the platform is configured with.</summary>
/// <param name="Name">Such as <c>demo</c>.</param>
/// <param name="ClientId">A number, as text.</param>
/// <param name="ClientSecret">Its secret, on every surface.</param>
/// <param name="RedirectUri">Where it takes codes; null for an app of a seed that has none.</param>
/// <param name="Surfaces">Where it may call, for example <c>huawei</c>.</param>
/// <param name="Scopes">What it is approved for.</param>
public sealed record YaopaiApp(
    string Name, string ClientId, string ClientSecret, string? RedirectUri, IReadOnlyList<string> Surfaces, IReadOnlyList<string>? Scopes);
