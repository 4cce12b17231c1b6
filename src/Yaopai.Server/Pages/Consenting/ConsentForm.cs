namespace Yaopai.Server.Pages.Consenting;

/// <summary>What the consent page shows.</summary>
/// <param name="Person">Who is signed in, as far as others may see it.</param>
/// <param name="Wanted">What the app asks for; new is what it was not allowed before.</param>
/// <param name="Phones">The numbers to choose from; null where none is asked for.</param>
/// <param name="OneTap">The account's own number where one button may stand for all; null where it may not.</param>
public sealed record ConsentForm(
    string AppName, string Person, string Target, string SignOut, string Token, bool IsTouch,
    IReadOnlyList<(string Scope, bool IsNew)> Wanted, IReadOnlyList<PhoneChoice>? Phones, string? OneTap, Phrase? Fault = null)
{
    /// <summary>True when something was allowed before, so that it is worth saying what is new.</summary>
    public bool IsMore => Wanted.Any(wanted => !wanted.IsNew);
}

/// <summary>A number that may be shared, masked.</summary>
public sealed record PhoneChoice(long Id, string Masked, bool IsOwn, bool IsChosen);
