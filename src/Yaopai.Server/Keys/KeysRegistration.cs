using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Keys;

internal static class KeysRegistration
{
    /// <summary>Adds the key ring, which storage fills: <see cref="KeyRing.LoadAsync"/> is called once, after the migrations.</summary>
    public static IServiceCollection AddKeys(this IServiceCollection services, string dataFolder)
    {
        services.AddOptions<KeyOptions>()
            .BindConfiguration(KeyOptions.SectionName)
            .Validate(options => options.IsValid, KeyOptions.MasterKeyRule)
            .ValidateOnStart();

        services.TryAddSingleton(TimeProvider.System);
        return services
            .AddSingleton(provider => new MasterKeySource(provider.GetRequiredService<IOptions<KeyOptions>>().Value, dataFolder))
            .AddSingleton(provider => new KeyRing(
                provider.GetRequiredService<IKeyStore>(), provider.GetRequiredService<MasterKeySource>(),
                provider.GetRequiredService<TimeProvider>(), provider.GetService<IKeySeam>(),
                provider.GetService<FirstIdentifierKey>(), provider.GetService<IRandomSeam>()))
            .AddHostedService<KeyRotation>();
    }
}
