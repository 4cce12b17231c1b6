using Yaopai.Errors;
using Yaopai.Server.Keys;

namespace Yaopai.Server.Hosting;

/// <summary>What an operator can mend: an error of the catalogue, and what is particular about it this time.</summary>
internal sealed record Complaint(ErrorDefinition Error, string Detail)
{
    public static Complaint Of(LostKey key) =>
        new(OperatorErrors.Keys.KeyUnopened, $"The master key does not open the {key.Kind} key {key.Slot} in the database.");

    /// <summary>What happened, under its code, and what to do about it.</summary>
    public override string ToString() => $"{Error.Code}: {Detail}\n{Error.RemedyEn}";
}
