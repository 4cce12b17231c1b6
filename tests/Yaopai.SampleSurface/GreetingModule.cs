using Yaopai.Server.Gateway;

namespace Yaopai.SampleSurface;

/// <summary>A surface of one operation, as small as one can be: what a new platform costs.</summary>
internal sealed class GreetingModule : ISurfaceModule
{
    /// <summary>None: it gives out no credentials.</summary>
    public void AddProfile(IServiceCollection services)
    {
    }

    public void AddSurface(IServiceCollection services) => services.AddSurface<GreetingSurface, SurfaceOptions>("Surfaces:Greeting");
}
