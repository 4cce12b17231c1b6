using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Accounts.SecondFactors;

/// <summary>How this installation is called in people's authenticator apps.</summary>
internal sealed class SecondFactorOptions
{
    public const string SectionName = "SecondFactor";

    /// <summary>No colon, which stands between it and the account's name.</summary>
    [RegularExpression(@"^[^:\p{C}]{1,64}\z", ErrorMessage = $"{SectionName}:Issuer must have 1 to 64 characters, and no colon.")]
    public string Issuer { get; set; } = "Yaopai";
}
