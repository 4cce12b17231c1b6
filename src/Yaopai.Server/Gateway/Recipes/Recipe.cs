using Yaopai.Errors;

namespace Yaopai.Server.Gateway.Recipes;

/// <summary>How a documented error is provoked on this server: lines of a shell, which work as they are.</summary>
/// <param name="CauseZh">What goes wrong when the real lines run, in a few words; or why there are none.</param>
/// <param name="Real">Lines that earn the error as a caller would: it is the last answer that they show; null where no request can.</param>
/// <param name="Forced">A line that makes the sandbox answer with it; null for a success.</param>
public sealed record Recipe(ErrorDefinition Error, string CauseZh, string CauseEn, string? Real, string? Forced)
{
    /// <summary>What stands in the lines where the address of the server goes.</summary>
    public const string Base = "{base}";

    /// <summary>The lines for a server at this address, without a slash at its end.</summary>
    public Recipe At(string address) => this with
    {
        Real = Real?.Replace(Base, address, StringComparison.Ordinal),
        Forced = Forced?.Replace(Base, address, StringComparison.Ordinal),
    };
}
