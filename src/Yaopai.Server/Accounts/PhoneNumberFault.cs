namespace Yaopai.Server.Accounts;

/// <summary>Why a text is no phone number that can be kept.</summary>
internal enum PhoneNumberFault
{
    None,
    Missing,

    /// <summary>Something beside digits, a plus in front, spaces, hyphens, dots and round brackets.</summary>
    CharacterUnexpected,

    /// <summary>Neither plus nor 00 in front, and no region that would say the calling code.</summary>
    CallingCodeMissing,
    CallingCodeUnknown,
    RegionUnknown,
    RegionOfAnotherCallingCode,

    /// <summary>A zero that belongs to the number or is dialled at home only: <c>+44 (0)20…</c>, or <c>020…</c> with a region.</summary>
    ZeroAmbiguous,
    TooShort,
    TooLong,
}
