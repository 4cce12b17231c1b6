using Microsoft.Extensions.Options;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Hosting;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;

namespace Yaopai.Server.Admin;

/// <summary>The domain without the serving, opened for one verb: with the server's settings, over the server's database.</summary>
internal sealed class Platform : IAsyncDisposable
{
    private readonly ServiceProvider _services;

    private Platform(ServiceProvider services) => _services = services;

    public static bool IsDevelopment => EnvironmentName == Environments.Development;

    private static string EnvironmentName => Environment.GetEnvironmentVariable("ASPNETCORE_ENVIRONMENT")
        ?? Environment.GetEnvironmentVariable("DOTNET_ENVIRONMENT")
        ?? Environments.Production;

    public DateTimeOffset Now => Get<TimeProvider>().GetUtcNow();

    public T Get<T>() where T : notnull => _services.GetRequiredService<T>();

    /// <param name="database">Instead of the setting.</param>
    /// <param name="data">Instead of the setting.</param>
    public static async Task<Platform> OpenAsync(string? database, string? data, CancellationToken ct)
    {
        var configuration = Configuration(database, data);
        var services = new ServiceCollection().AddLogging().AddSingleton<IConfiguration>(configuration);
        YaopaiServer.AddPlatform(services, configuration);
        services.AddSingleton(new Surroundings(IsDevelopment));
        var platform = new Platform(services.BuildServiceProvider());
        try
        {
            platform.Get<IStartupValidator>().Validate();
            await platform.Get<Database>().MigrateAsync(ct);
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    /// <summary>The settings, from the places where the server looks, in the same order.</summary>
    public static ConfigurationManager Configuration(string? database, string? data)
    {
        var configuration = new ConfigurationManager();
        configuration
            .SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true)
            .AddJsonFile($"appsettings.{EnvironmentName}.json", optional: true)
            .AddEnvironmentVariables();
        Settings.Add(configuration, []);

        if (database is not null)
            configuration[$"{StorageOptions.SectionName}:{nameof(StorageOptions.Database)}"] = database;
        if (data is not null)
            configuration["Data"] = data;

        return configuration;
    }
}
