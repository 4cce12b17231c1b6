namespace Yaopai.Server.Gateway;

/// <summary>The file of one documented operation: how its requests are read, which rules they meet, and what is answered.</summary>
/// <remarks>One is made for each that a route names; its constructor asks the container for whatever the operation works with.</remarks>
internal interface IOperationDefinition
{
    IOperation Define();
}
