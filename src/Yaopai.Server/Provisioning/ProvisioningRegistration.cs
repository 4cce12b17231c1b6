namespace Yaopai.Server.Provisioning;

internal static class ProvisioningRegistration
{
    /// <summary>What queueing changes takes.</summary>
    public static IServiceCollection AddProvisioning(this IServiceCollection services)
    {
        services.AddOptions<ProvisioningOptions>()
            .BindConfiguration(ProvisioningOptions.SectionName)
            .ValidateDataAnnotations()
            .ValidateOnStart();
        return services.AddSingleton<ProvisioningSignal>();
    }

    /// <summary>Applies them on this node.</summary>
    public static IServiceCollection AddProvisioningWorker(this IServiceCollection services) =>
        services.AddHostedService<ProvisioningWorker>();
}
