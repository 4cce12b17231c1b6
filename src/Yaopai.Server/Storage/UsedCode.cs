namespace Yaopai.Server.Storage;

/// <summary>A code that somebody claims.</summary>
internal readonly record struct UsedCode(long AppId, Guid CodeId, DateTimeOffset KeepUntil);
