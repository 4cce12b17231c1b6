namespace Yaopai.Server.Storage.Engine;

/// <summary>A code that somebody claims.</summary>
internal readonly record struct UsedCode(long AppId, Guid CodeId, DateTimeOffset KeepUntil);
