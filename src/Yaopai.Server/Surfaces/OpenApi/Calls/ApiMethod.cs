using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>Who may call a method.</summary>
internal enum Audience
{
    /// <summary>Every caller that names an app.</summary>
    Anyone,

    /// <summary>An app for itself, or for a person.</summary>
    Apps,

    /// <summary>An app for itself: what it does holds for all of its people.</summary>
    AppAlone,

    /// <summary>An app for a person.</summary>
    Users,
}

/// <summary>What methods have in common: how they are called, who is let in, and what goes wrong around them.</summary>
/// <param name="Scope">What the person has to have allowed; null for nothing in particular.</param>
internal sealed record ApiMethod(string Name, Audience Audience, string? Scope = null)
{
    /// <summary>It changes what the app stores, which takes more than a person's token.</summary>
    public bool Writes { get; init; }

    /// <summary>What it reads beside what all methods do.</summary>
    public IReadOnlyList<string> Parameters { get; init; } = [];

    public IReadOnlyList<string> Methods { get; init; } = ["GET", "POST"];

    public IReadOnlyList<ErrorDefinition> Documented { get; init; } = OpenApiFailures.MethodRows;

    public Given Gives { get; init; }

    public FailureErrors Failures { get; init; } = OpenApiFailures.OfMethod;

    /// <summary>What all methods read: who calls, how that is proved, and the form of the answer.</summary>
    private static readonly string[] s_common =
    [
        "access_token", "session_key", "client_id", "api_key", "timestamp", "call_id", "nonce", "sign", "bd_sig", "sign_method", "ss",
        "method", "v", "ie", "format", "callback",
    ];

    public bool Knows(string parameter) => s_common.Contains(parameter) || Parameters.Contains(parameter);

    /// <summary>As faults and quotas name it.</summary>
    public string Target => $"open.{char.ToLowerInvariant(Name[0])}{Name[1..]}";
}
