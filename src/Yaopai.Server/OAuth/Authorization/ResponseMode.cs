using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Authorization;

/// <summary>The way in which the app is answered (OAuth 2.0 Multiple Response Type Encoding Practices §2.1).</summary>
internal enum ResponseMode
{
    Query,

    /// <summary>Kept by the browser, and read by scripts of the app's page: where tokens are.</summary>
    Fragment,

    /// <summary>A form that the browser posts (OAuth 2.0 Form Post Response Mode), so that no address holds the answer.</summary>
    FormPost,
}

internal static class ResponseModes
{
    public const string Query = "query", Fragment = "fragment", FormPost = "form_post";

    /// <summary>Null for one that is not known, or that does not fit: tokens never stand in a query, which goes to servers and logs, and
    /// a program that opens an address of its own scheme is posted nothing.</summary>
    public static ResponseMode? Read(string text, string redirectUri, bool holdsTokens) => text switch
    {
        "" => Default(holdsTokens),
        Query when !holdsTokens => ResponseMode.Query,
        Fragment when holdsTokens => ResponseMode.Fragment,
        FormPost when IsOfTheWeb(redirectUri) => ResponseMode.FormPost,
        _ => null,
    };

    public static ResponseMode Default(bool holdsTokens) => holdsTokens ? ResponseMode.Fragment : ResponseMode.Query;

    /// <summary>Sends the browser to the app with what it is told.</summary>
    public static Answer Tell(this ResponseMode mode, string redirectUri, params (string Name, string Value)[] said) => mode switch
    {
        ResponseMode.FormPost => Answer.Redirect(redirectUri) with { Fields = said },
        ResponseMode.Fragment => Answer.Redirect(RedirectUri.WithFragment(redirectUri, said)),
        _ => Answer.Redirect(RedirectUri.With(redirectUri, said)),
    };

    /// <summary>The same for an error.</summary>
    public static Answer Tell(this ResponseMode mode, string redirectUri, Refusal refusal, params (string Name, string Value)[] said) =>
        mode.Tell(redirectUri, said) with { Error = refusal.Error, Why = refusal.Why };

    private static bool IsOfTheWeb(string redirectUri) =>
        Uri.TryCreate(redirectUri, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http";
}
