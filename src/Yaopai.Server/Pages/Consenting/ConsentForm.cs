using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.Consenting;

/// <summary>What the consent page shows.</summary>
/// <param name="Person">Who is signed in, as far as others may see it.</param>
/// <param name="RequestedScopes">What the app asks for.</param>
/// <param name="Phones">The numbers to choose from; null where none is asked for.</param>
/// <param name="OneTap">The account's own number where one button may stand for all; null where it may not.</param>
/// <param name="CanAllow">Whether there is anything to allow without that button.</param>
public sealed record ConsentForm(
    string AppName, string Person, string Target, string SignOut, string Token, bool IsTouch,
    RequestedScopes RequestedScopes, IReadOnlyList<PhoneChoice>? Phones, string? OneTap, bool CanAllow, Phrase? Fault = null);

/// <summary>A number that may be shared, masked.</summary>
public sealed record PhoneChoice(long Id, string Masked, bool IsOwn, bool IsChosen);
