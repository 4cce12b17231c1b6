using System.ComponentModel.DataAnnotations;

namespace Yaopai.Server.Accounts.SigningUp;

/// <summary>Whether people make accounts for themselves.</summary>
internal sealed class SignUpOptions
{
    public const string SectionName = "SignUp";

    /// <summary>Off where nothing is said, but in the sandbox.</summary>
    public bool? Enabled { get; set; }

    /// <summary>Of people who sign up with a mail address, which names no country.</summary>
    [RegularExpression(@"^[A-Z]{2}\z", ErrorMessage = $"{SectionName}:Region must be two upper-case letters: CN, HK.")]
    public string Region { get; set; } = "CN";
}
