using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.SigningIn;

/// <summary>What the sign-in page shows.</summary>
/// <param name="AppName">Null where no app sends the person.</param>
/// <param name="Target">Where the form goes.</param>
/// <param name="Login">What was typed before; the password is never given back.</param>
public sealed record SignInForm(string? AppName, string Target, string Token, bool IsTouch, string Login = "", Phrase? Fault = null);
