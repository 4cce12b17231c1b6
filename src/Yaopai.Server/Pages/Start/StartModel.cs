using Yaopai.Errors;

namespace Yaopai.Server.Pages.Start;

/// <summary>What runs here, and what there is to try; null where nothing is.</summary>
public sealed record StartModel(IReadOnlyList<ErrorSurface> Surfaces, StartGuide? Guide);
