using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.SigningIn;

/// <summary>What the sign-in page shows.</summary>
/// <param name="AppName">Null where no app sends the person.</param>
/// <param name="Target">Where the form goes.</param>
/// <param name="Forgotten">Where somebody goes who has forgotten the password; null where no code can be sent.</param>
/// <param name="SignUp">Where somebody makes an account; null where nobody does.</param>
/// <param name="Login">What was typed before; the password is never given back.</param>
public sealed record SignInForm(
    string? AppName, string Target, string Token, bool IsTouch, string? Forgotten, string? SignUp, string Login = "", Phrase? Fault = null);
