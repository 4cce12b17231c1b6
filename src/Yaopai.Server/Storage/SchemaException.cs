namespace Yaopai.Server.Storage;

/// <summary>The database is not one that this program can work with: waiting will not mend it.</summary>
internal sealed class SchemaException(string message) : Exception(message);
