using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Forgotten;

/// <summary>What the page for a forgotten password shows. No code and no password is ever given back.</summary>
/// <param name="Target">Where its forms go.</param>
/// <param name="Ways">The ways by which a code can be sent.</param>
/// <param name="Login">What was typed.</param>
/// <param name="IsSent">Whether the code is asked for, and the new password; else the login.</param>
/// <param name="SignIn">Back to the sign-in page.</param>
public sealed record ForgottenForm(
    string Target, string Token, IReadOnlyList<WayShown> Ways, string Login, bool IsSent, string SignIn, Phrase? Fault = null);

/// <param name="Value">As the form sends it.</param>
public sealed record WayShown(string Value, Phrase Text, bool IsChosen);
