using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Binding;

/// <summary>What the page shows on which a person binds.</summary>
/// <param name="Target">Where its forms go.</param>
/// <param name="Number">The number to which a code was sent; null while it is asked for.</param>
/// <param name="NotNow">Back to the app as they are.</param>
/// <param name="Again">From the beginning, as somebody else perhaps.</param>
/// <param name="Typed">What was typed before, to be mended; a code is never given back.</param>
public sealed record BindForm(
    string AppName, string Target, string Token, string? Number, string NotNow, string Again, string Typed = "", Phrase? Fault = null);
