namespace Yaopai.Server.Accounts;

/// <summary>Why a text is no phone number that can be kept.</summary>
internal enum PhoneNumberFault
{
    None,
    Missing,

    /// <summary>Something beside digits of any script, a plus in front, spaces, hyphens, dots and round brackets.</summary>
    CharacterUnexpected,

    /// <summary>Neither plus nor 00 in front, and no region that would say the calling code.</summary>
    CallingCodeMissing,
    CallingCodeUnknown,
    RegionUnknown,
    RegionOfAnotherCallingCode,
    TooShort,
    TooLong,
}
