namespace Yaopai.Server.Administration;

/// <summary>Who changes something: an admin key, or somebody at the command line of the server's machine.</summary>
/// <param name="Kind"><c>key</c> or <c>cli</c>.</param>
/// <param name="Id">Of the key; the user of the operating system.</param>
/// <param name="Name">Of the key; empty at the command line.</param>
/// <param name="Address">The network address of the caller; at the command line the name of the machine.</param>
internal sealed record Actor(string Kind, string Id, string Name, string Address)
{
    public const string OfKey = "key";
    public const string OfCommandLine = "cli";

    public static Actor Of(AdminKey key, string address) => new(OfKey, AdminKeyText.Id(key.Id), key.Name, address);

    public static Actor AtCommandLine { get; } = new(OfCommandLine, Environment.UserName, "", Environment.MachineName);
}
