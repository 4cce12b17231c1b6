namespace Yaopai.Server;

/// <summary>Request lines stay out of the log: they carry parameters, and those carry secrets.</summary>
internal static class RequestLines
{
    /// <summary>Where the framework prints them whole: of each request, and of what it cannot parse.</summary>
    private static readonly string[] s_categories =
        ["Microsoft.AspNetCore.Hosting.Diagnostics", "Microsoft.AspNetCore.Server.Kestrel.BadRequests"];

    /// <summary>Whatever level is set, for all providers or for one.</summary>
    public static void KeepOutOfLogs(IServiceCollection services) => services.PostConfigure<LoggerFilterOptions>(options =>
    {
        // Into every rule, because one for a provider beats those for all, and a longer name beats a shorter one.
        for (var i = 0; i < options.Rules.Count; i++)
            options.Rules[i] = Guarded(options.Rules[i]);

        // And for providers that no rule is about.
        foreach (var category in s_categories)
            options.Rules.Add(new LoggerFilterRule(providerName: null, category, LogLevel.Warning, filter: null));
    });

    private static LoggerFilterRule Guarded(LoggerFilterRule rule) => new(
        rule.ProviderName, rule.CategoryName, rule.LogLevel,
        (provider, category, level) =>
            (level >= LogLevel.Warning || !s_categories.Contains(category)) && rule.Filter?.Invoke(provider, category, level) is not false);
}
