using System.Buffers.Text;

namespace Yaopai.Server.Keys;

/// <summary>Where the installation's keys are locked up.</summary>
internal sealed class KeyOptions
{
    public const string SectionName = "Keys";

    public const string MasterKeyRule = $"{SectionName}:MasterKey must be 32 bytes in base64, as `openssl rand -base64 32` prints them.";

    /// <summary>The key that wraps all others: 32 bytes in base64. Empty for a file in the data folder.</summary>
    /// <remarks>Nodes that share a database share this key.</remarks>
    public string? MasterKey { get; set; }

    public bool HoldsMasterKey => !string.IsNullOrWhiteSpace(MasterKey);

    public bool IsValid => !HoldsMasterKey || (Base64.IsValid(MasterKey, out var length) && length == Keys.MasterKey.Length);
}
