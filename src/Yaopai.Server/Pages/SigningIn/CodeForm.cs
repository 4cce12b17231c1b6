using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.SigningIn;

/// <summary>What the page shows that asks for a second factor. No code is ever given back.</summary>
/// <param name="AppName">Null where no app sends the person.</param>
/// <param name="Target">Where its forms go.</param>
/// <param name="Again">Where somebody else signs in.</param>
public sealed record CodeForm(string? AppName, string Target, string Again, string Token, bool IsTouch, Phrase? Fault = null);
