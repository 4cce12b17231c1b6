namespace Yaopai.Server.Gateway;

/// <summary>Where a surface is reached, and from where.</summary>
internal class SurfaceOptions
{
    /// <summary>Host names at which the surface answers at the root, besides its prefix.</summary>
    public string[] Hosts { get; set; } = [];

    /// <summary>Networks that may call the surface at all (<c>10.0.0.0/8</c>); empty for everyone.</summary>
    public string[] AllowedNetworks { get; set; } = [];
}
