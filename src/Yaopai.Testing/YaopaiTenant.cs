namespace Yaopai.Testing;

/// <summary>An organisation of a world.</summary>
/// <param name="Id">Sixteen hexadecimal digits.</param>
/// <param name="Domain">What follows the @ of its members' user ids.</param>
public sealed record YaopaiTenant(string Id, string Domain);
