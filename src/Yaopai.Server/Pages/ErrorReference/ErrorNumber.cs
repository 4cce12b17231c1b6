using System.Collections.ObjectModel;
using Yaopai.Errors;
using Yaopai.Server.Gateway.Recipes;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>A code of a surface and everything it stands for there.</summary>
public sealed record ErrorNumber(ErrorSurface Surface, string Code, IReadOnlyList<ErrorDefinition> Errors)
{
    /// <summary>False when a main code or a channel narrows the code down to some of its meanings.</summary>
    public bool IsWholeCode => Errors.Count == ErrorCatalogue.Find(Surface.Slug, Code).Count;

    /// <summary>Most operations document the same answers; those that say the same word for word are told once.</summary>
    public IReadOnlyList<IReadOnlyList<ErrorDefinition>> Meanings { get; } =
    [
        .. Errors.GroupBy(error => (
                error.Channel, error.Parent, error.Code, error.Http, error.Zh, error.En, error.RemedyZh, error.RemedyEn, error.Retry,
                error.Audience, error.Beyond))
            .Select(same => same.ToList()),
    ];

    /// <summary>How each is provoked here; none where the sandbox is off.</summary>
    public IReadOnlyDictionary<ErrorDefinition, Recipe> Recipes { get; init; } = ReadOnlyDictionary<ErrorDefinition, Recipe>.Empty;

    /// <summary>The one address of what was asked for, however it was written: with its prefix only where that matters.</summary>
    public string AddressAs(string number) => IsWholeCode
        ? ErrorCatalogue.PageOf(Errors[0])!
        : $"/errors/{Surface.Slug}/{Escape(number[..^(Code.Length + 1)])}-{Escape(Code)}";

    /// <summary>A channel may have a slash of its own, which stays one.</summary>
    public static string Escape(string number) => Uri.EscapeDataString(number).Replace("%2F", "/");

    /// <summary>The errors beside it in the documents of its operation.</summary>
    public (ErrorDefinition? Before, ErrorDefinition? After) Neighbours(ErrorDefinition error)
    {
        var operation = Surface.Errors.Where(other => other.Operation == error.Operation).ToList();
        var place = operation.IndexOf(error);
        return (operation.ElementAtOrDefault(place - 1), operation.ElementAtOrDefault(place + 1));
    }
}
