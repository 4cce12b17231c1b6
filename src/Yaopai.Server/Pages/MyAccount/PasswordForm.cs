using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount;

/// <summary>What the page for another password shows. No password is ever given back.</summary>
public sealed record PasswordForm(string Login, string Token, Phrase? Fault = null);
