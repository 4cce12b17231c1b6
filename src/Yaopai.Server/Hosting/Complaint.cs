using Yaopai.Errors;

namespace Yaopai.Server.Hosting;

/// <summary>What an operator can mend: an error of the catalogue, and what is particular about it this time.</summary>
internal sealed record Complaint(ErrorDefinition Error, string Detail)
{
    /// <summary>What happened, under its code, and what to do about it.</summary>
    public override string ToString() => $"{Error.Code}: {Detail}\n{Error.RemedyEn}";
}
