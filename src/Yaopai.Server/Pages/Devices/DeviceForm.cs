using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Consenting;

namespace Yaopai.Server.Pages.Devices;

/// <summary>What a person is shown before their device may go on.</summary>
/// <param name="UserCode">As the device shows it, in two halves.</param>
/// <param name="Person">Who is signed in, as far as others may see it.</param>
/// <param name="Phones">The numbers to choose from; null where none is asked for.</param>
public sealed record DeviceForm(
    string AppName, string UserCode, string Person, string Target, string Token,
    RequestedScopes RequestedScopes, IReadOnlyList<PhoneChoice>? Phones, Phrase? Fault = null);
