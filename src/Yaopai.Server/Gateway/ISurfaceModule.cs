using Yaopai.Server.Apps;

namespace Yaopai.Server.Gateway;

/// <summary>What a surface brings to the program, so that the program needs one line for it.</summary>
internal interface ISurfaceModule
{
    /// <summary>The ways to tokens that an app may be allowed here; null where all apps may use all.</summary>
    GrantTypes? GrantTypes => null;

    /// <summary>Its profile and the settings of it: what the command line needs too.</summary>
    void AddProfile(IServiceCollection services);

    /// <summary>The surface itself, and the parts that its operations ask for.</summary>
    void AddSurface(IServiceCollection services);
}
