using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.SigningUp;

/// <summary>What the page for a new account shows. No code and no password is ever given back.</summary>
/// <param name="AppName">Null where no app sends the person.</param>
/// <param name="Target">Where its forms go.</param>
/// <param name="Contact">The number or address to which a code was sent; null while it is asked for.</param>
/// <param name="Typed">What was typed before, to be mended.</param>
/// <param name="Name">The name that was chosen, to be mended.</param>
/// <param name="SignIn">For people who have an account.</param>
/// <param name="TakesNumbers">Whether codes can be sent to numbers.</param>
/// <param name="TakesMail">Whether they can be sent to mail addresses.</param>
public sealed record SignUpForm(
    string? AppName, string Target, string Token, string? Contact, string Typed, string Name, string SignIn, bool TakesNumbers,
    bool TakesMail, Phrase? Fault = null);
