namespace Yaopai.Server.Gateway;

/// <summary>Where the pages are. They are there at every host: at those of a surface they come before its own paths.</summary>
internal static class PagePaths
{
    public const string Assets = "/assets";
    public const string SignIn = "/sign-in";
    public const string SignOut = "/sign-out";
    public const string Consent = "/consent";
    public const string Account = "/account";
    public const string Device = "/device";
    public const string Authorized = "/authorized";
    public const string Errors = "/errors";
    public const string Scan = "/scan";
    public const string Bind = "/bind";
    public const string Forgotten = "/forgotten";
    public const string SignUp = "/sign-up";

    private static readonly string[] s_all =
        [Assets, SignIn, SignOut, Consent, Account, Device, Authorized, Errors, Scan, Bind, Forgotten, SignUp];

    /// <summary>The parameter in which a page is given the sealed interaction.</summary>
    public const string Request = "request";

    /// <summary>The parameter in which a request is given back the sealed decision.</summary>
    public const string Decision = "decision";

    /// <summary>The parameter in which the page of a device is given a user code.</summary>
    public const string UserCode = "user_code";

    public static bool Holds(PathString path) => s_all.Any(page => path.StartsWithSegments(page, StringComparison.Ordinal));

    public static string With(string page, string @sealed) => $"{page}?{Request}={@sealed}";
}
