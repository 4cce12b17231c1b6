namespace Yaopai.Server.Accounts.RealNames;

internal static class RealNamesRegistration
{
    public static IServiceCollection AddRealNames(this IServiceCollection services)
    {
        services.AddOptions<PersonalDataOptions>().BindConfiguration(PersonalDataOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<RealNameDirectory>().AddSingleton<PersonalDataUsage>();
    }
}
