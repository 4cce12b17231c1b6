using Yaopai.Server.Gateway;

namespace Yaopai.Server.Journal;

internal static class JournalRegistration
{
    /// <summary>With the journal off and nobody who asks for coverage, requests meet no observer at all.</summary>
    public static IServiceCollection AddJournal(this IServiceCollection services, IConfiguration configuration, bool isSandbox)
    {
        services.AddOptions<JournalOptions>().BindConfiguration(JournalOptions.SectionName).ValidateDataAnnotations()
            .Validate(
                options => options.File is null || Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(options.File))),
                "Journal:File: a file in a folder that is there.")
            .ValidateOnStart();
        var isOn = configuration.GetSection(JournalOptions.SectionName).GetValue<bool?>(nameof(JournalOptions.Enabled)) ?? isSandbox;
        if (isOn || isSandbox)
        {
            services.AddSingleton<RequestJournal>().AddSingleton<ICallObserver, JournalObserver>();
            services.AddHostedService<JournalFile>();
        }

        return services;
    }
}
