namespace Yaopai.Server.OAuth.Authorization;

/// <summary>What an app asks of the sign-in itself (OpenID Connect Core §3.1.2.1).</summary>
/// <param name="IsSilent">No page is shown: where one would have to be, the app is told so.</param>
/// <param name="WantsSignIn">Whoever is signed in signs in again.</param>
/// <param name="WantsVerdict">The person is asked, though they allowed it before. The page says who they are, and lets them be
/// somebody else: so an account is selected here, too.</param>
/// <param name="MaxAge">How long ago the sign-in may be; null where any will do.</param>
internal sealed record Prompt(bool IsSilent, bool WantsSignIn, bool WantsVerdict, TimeSpan? MaxAge)
{
    /// <summary>What the app is told where a page would have been needed (§3.1.2.6).</summary>
    public const string
        LoginRequired = "login_required", ConsentRequired = "consent_required", InteractionRequired = "interaction_required";

    public static readonly Prompt Nothing = new(IsSilent: false, WantsSignIn: false, WantsVerdict: false, MaxAge: null);

    private const string None = "none", Login = "login", Consent = "consent", SelectAccount = "select_account";

    private const int LongestAge = 10;

    /// <summary>Null for a word that is not known, and for <c>none</c> beside another.</summary>
    public static Prompt? Read(string prompt)
    {
        var words = prompt.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Any(word => word is not (None or Login or Consent or SelectAccount))
            || (words.Contains(None) && words.Any(word => word is not None)))
            return null;

        return new Prompt(
            words.Contains(None), words.Contains(Login), words.Contains(Consent) || words.Contains(SelectAccount), MaxAge: null);
    }

    /// <summary>False for what is no number of seconds. Without one any age will do.</summary>
    public static bool TryReadAge(string text, out TimeSpan? age)
    {
        var isAge = text.Length is > 0 and <= LongestAge && text.All(char.IsAsciiDigit);
        age = isAge ? TimeSpan.FromSeconds(long.Parse(text)) : null;
        return isAge || text is "";
    }
}
