namespace Yaopai.Server.Pages.Posting;

/// <summary>What the page sends to an app.</summary>
public sealed record FormPostForm(string Address, IReadOnlyList<(string Name, string Value)> Fields);
