namespace Yaopai.Server.Identifiers;

internal static class IdentifiersRegistration
{
    public static IServiceCollection AddIdentifiers(this IServiceCollection services) => services
        .AddSingleton<PairwiseIdentifiers>()
        .AddSingleton<IdentifierIndex>();
}
