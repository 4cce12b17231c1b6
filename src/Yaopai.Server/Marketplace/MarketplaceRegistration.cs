namespace Yaopai.Server.Marketplace;

internal static class MarketplaceRegistration
{
    public static IServiceCollection AddMarketplace(this IServiceCollection services) => services.AddSingleton<MarketKeys>();
}
