namespace Yaopai.Server.DataStore;

internal static class DataStoreRegistration
{
    public static IServiceCollection AddDataStore(this IServiceCollection services)
    {
        services.AddOptions<DataStoreOptions>().BindConfiguration(DataStoreOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<Preferences>()
            .AddSingleton<ObjectTypes>()
            .AddSingleton<Objects>()
            .AddSingleton<HashValues>()
            .AddSingleton<AssociationDefinitions>()
            .AddSingleton<Associations>();
    }
}
