using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.OAuth;

/// <summary>What is one platform's alone, handed to the issuer, the reader, the pages, the command line and the sandbox,
/// which name no platform.</summary>
internal abstract class SurfaceProfile
{
    /// <summary>The name of the platform as addresses have it: lower case, no hyphen.</summary>
    public abstract string Slug { get; }

    /// <summary>Realm, text form, kinds and lifetimes of its credentials.</summary>
    public abstract CredentialProfile Credentials { get; }

    public abstract IReadOnlyList<Scope> Scopes { get; }

    /// <summary>Whether apps may show their secret by HTTP Basic.</summary>
    public virtual bool TakesBasic => false;

    /// <summary>What an app is told that asks for anything, because it is approved for it: no scope of a request says so.</summary>
    public virtual IEnumerable<Phrase> AlwaysToldTo(App app) => [];

    /// <summary>What an app asks for that names nothing.</summary>
    public abstract string DefaultScope { get; }

    /// <summary>The ways to tokens that an app may be allowed, where the platform lets its apps differ;
    /// null where all apps may use all.</summary>
    public virtual GrantTypes? GrantTypes => null;

    /// <summary>What the page of a device says where one of these errors stands in a person's way.</summary>
    public virtual IReadOnlyDictionary<ErrorDefinition, UserCodeFault> UserCodeFaults => new Dictionary<ErrorDefinition, UserCodeFault>();

    /// <summary>What a demo app is approved for, beside what every app may ask for.</summary>
    public virtual IReadOnlyList<string> DemoScopesOf(string app) => [];

    /// <summary>What a demo app may use where grant types differ; null for the platform's defaults.</summary>
    public virtual IReadOnlyList<string>? DemoGrantTypesOf(string app) => null;

    public Scope? FindScope(string name)
    {
        foreach (var scope in Scopes)
        {
            if (scope.Name == name)
                return scope;
        }

        return null;
    }

    /// <summary>Whether the app may ask a person for it: known here, and open to all or approved for this one.</summary>
    public virtual bool IsOpenTo(App app, string scope) =>
        FindScope(scope) is { } known && (known.IsOpen || app.ApprovedScopes.Contains(scope));

    /// <summary>The scopes of a parameter, with spaces between.</summary>
    public virtual string WithSpaces(string scopes) => ScopeText.WithSpaces(scopes);

    public string[] ScopesOrDefault(string text) => ScopeText.Split(text is "" ? DefaultScope : text);
}

/// <summary>Something that apps ask a person for by name.</summary>
/// <param name="Text">In plain words, for the page of consent.</param>
/// <param name="IsOpen">Every app may ask for it; all others are approved app by app.</param>
internal sealed record Scope(string Name, Phrase Text, bool IsOpen = false)
{
    /// <summary>It opens something of a person, so that an app alone cannot have it.</summary>
    public bool IsOfUser { get; init; } = true;

    /// <summary>The person chooses which of their phone numbers it shares.</summary>
    public bool AsksForPhone { get; init; }

    /// <summary>Given by the one button that shows the account's own number, and by nothing else.</summary>
    public bool IsOneTap { get; init; }
}

/// <summary>What stands in the way of a user code.</summary>
internal enum UserCodeFault
{
    /// <summary>No device waits for it, or no longer.</summary>
    Unknown,

    /// <summary>Somebody else opened it, or it was answered already.</summary>
    Taken,
}
