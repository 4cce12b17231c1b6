namespace Yaopai.Server.OAuth;

/// <summary>One text in every language that the pages speak; <c>{0}</c> stands where a value goes.</summary>
public sealed record Phrase(string Zh, string En);
