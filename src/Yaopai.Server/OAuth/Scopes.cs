using Yaopai.Server.Apps;

namespace Yaopai.Server.OAuth;

/// <summary>What apps ask for by name.</summary>
internal static class Scopes
{
    public const string Default = "openid";
    public const string Phone = "phone";
    public const string OneTapPhone = "quickLoginMobilePhone";
    public const string OneTapMaskedPhone = "quickLoginAnonymousPhone";

    /// <summary>Every app may ask for these; all others are approved app by app.</summary>
    private static readonly string[] s_open = ["openid", "profile", "email"];

    public static bool IsOpenTo(App app, string scope) => s_open.Contains(scope) || app.ApprovedScopes.Contains(scope);

    /// <summary>Some say nothing alone: the masked number belongs to an identity, a risk level to a person who is known.</summary>
    public static bool IsValidCombination(IReadOnlyCollection<string> scopes) =>
        (!scopes.Contains(OneTapMaskedPhone) || scopes.Contains("openid"))
        && (!scopes.Contains("riskLevel") || scopes.Any(scope => scope is "openid" or "phone" or "profile"));

    /// <summary>Given by the one button that shows the account's own number, and by nothing else.</summary>
    public static bool IsOneTap(string scope) => scope is OneTapPhone or OneTapMaskedPhone;

    public static IEnumerable<string> WithoutOneTap(IEnumerable<string> scopes) => scopes.Where(scope => !IsOneTap(scope));

    public static string[] Split(string text) => [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct()];
}
