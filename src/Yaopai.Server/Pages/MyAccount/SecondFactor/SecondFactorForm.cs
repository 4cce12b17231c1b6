using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.MyAccount.SecondFactor;

/// <summary>What the page of the second factor shows.</summary>
/// <param name="Setup">Null where one is on.</param>
/// <param name="State">Null where none is.</param>
public sealed record SecondFactorForm(string Token, SetupShown? Setup, StateShown? State, Phrase? Fault);

/// <param name="Picture">The QR code, as an address that holds it.</param>
/// <param name="Address">What it says, for an app on the same device.</param>
/// <param name="Key">The secret, for people who type it in.</param>
/// <param name="Ticket">The secret as it comes back.</param>
public sealed record SetupShown(string Picture, string Address, string Key, string Ticket);

/// <param name="Left">Recovery codes that were not used.</param>
public sealed record StateShown(DateTimeOffset Since, int Left);

/// <summary>Recovery codes, which are shown once.</summary>
/// <param name="IsNew">Whether the second factor was turned on with them, or they replace others.</param>
public sealed record RecoveryCodesShown(IReadOnlyList<string> Codes, bool IsNew);
