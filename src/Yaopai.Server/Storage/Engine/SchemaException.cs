namespace Yaopai.Server.Storage.Engine;

/// <summary>The database was made by a newer program: waiting will not mend it.</summary>
internal sealed class SchemaException(string message) : Exception(message);
