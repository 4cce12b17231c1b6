using System.Collections;
using System.Reflection;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Hosting;

/// <summary>The settings that there are: a name that is none of them stops the start, because it would be obeyed in silence.</summary>
internal sealed class SettingNames : IValidateOptions<SettingNames.Checked>
{
    private const string Colon = ":";
    private const string Data = "Data";

    /// <summary>What the framework reads, and sections that belong to it.</summary>
    private static readonly string[] s_frameworks =
    [
        "urls", "environment", "Kestrel", "Logging", "AllowedHosts", "http_ports", "https_ports", "https_port", "contentRoot", "webroot",
        "applicationName", "preferHostingUrls", "suppressStatusMessages", "detailedErrors", "captureStartupErrors", "startupAssembly",
        "shutdownTimeoutSeconds", "hostingStartupAssemblies", "hostingStartupExcludeAssemblies", "preventHostingStartup", "hostBuilder",
    ];

    private readonly IConfigurationRoot _configuration;
    private readonly Dictionary<string, bool> _names = new(StringComparer.OrdinalIgnoreCase) { [Data] = false };
    private readonly HashSet<string> _sections = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="options">Classes with a <c>SectionName</c>, each of whose properties is a setting.</param>
    private SettingNames(IConfigurationRoot configuration, IEnumerable<Type> options)
    {
        _configuration = configuration;
        foreach (var type in options.Distinct())
        {
            if (type.GetField("SectionName", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) is not string section)
                continue;

            if (!s_frameworks.Contains(section.Split(Colon)[0], StringComparer.OrdinalIgnoreCase)) // Kestrel has more than our limits
                _sections.Add(section.Split(Colon)[0]);
            foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(property => property.CanWrite))
                _names[$"{section}{Colon}{property.Name}"] = property.PropertyType.IsArray;
        }
    }

    /// <summary>Checks the names at start. They are those that services bind, and those of <paramref name="more"/>.</summary>
    public static void Check(IServiceCollection services, IConfigurationRoot configuration, params Type[] more)
    {
        var bound = from service in services
                    where service.ServiceType.IsGenericType && service.ServiceType.GetGenericTypeDefinition() == typeof(IConfigureOptions<>)
                    select service.ServiceType.GenericTypeArguments[0];
        services.AddSingleton<IValidateOptions<Checked>>(new SettingNames(configuration, [.. bound, .. more]));
        services.AddOptions<Checked>().ValidateOnStart();
    }

    public ValidateOptionsResult Validate(string? name, Checked options)
    {
        var faults = AllGiven().Where(given => !IsKnown(given)).Select(Fault).Distinct().ToList();
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private bool IsKnown(Given given)
    {
        if (_names.ContainsKey(given.Key))
            return true;

        var colon = given.Key.LastIndexOf(Colon, StringComparison.Ordinal);
        if (colon >= 0 && _names.TryGetValue(given.Key[..colon], out var isList) && isList)
            return int.TryParse(given.Key[(colon + 1)..], out _);

        var top = given.Key.Split(Colon)[0];
        if (_sections.Contains(top))
            return false;

        return !given.IsOurs || s_frameworks.Contains(top, StringComparer.OrdinalIgnoreCase);
    }

    private string Fault(Given given) => Meant(given) is { } meant
        ? $"{given.Spell(given.Key)} is no setting. Did you mean {given.Spell(meant)}?"
        : $"{given.Spell(given.Key)} is no setting; docs/operations.md lists them all.";

    /// <summary>The name meant: written with a slip, or without its section, or in another.</summary>
    private string? Meant(Given given)
    {
        if (given.Key.LastIndexOf(Colon, StringComparison.Ordinal) is > 0 and var at && _names.ContainsKey(given.Key[..at]))
            return _names[given.Key[..at]] ? $"{given.Key[..at]}:0" : given.Key[..at];

        string[] names = [.. given.Short, .. _names.Keys, .. s_frameworks];
        return Spelling.Nearest(given.Key, names)
            ?? names.FirstOrDefault(name => name.EndsWith($"{Colon}{given.Key.Split(Colon)[^1]}", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>What was given here, and where. Variables of the environment without our prefix are other people's.</summary>
    private IEnumerable<Given> AllGiven() =>
    [
        .. from provider in _configuration.Providers
           where provider is CommandLineConfigurationProvider or JsonConfigurationProvider or MemoryConfigurationProvider
           from key in KeysOf(provider)
           select provider switch
           {
               CommandLineConfigurationProvider => new Given(key, IsOurs: true, Settings.Switches, name => $"--{name}"),
               JsonConfigurationProvider file => new(key, !key.StartsWith('$'), [], name => $"{name} (in {file.Source.Path})"),
               _ => new(key, IsOurs: false, [], name => name),
           },
        .. from DictionaryEntry variable in Variables
           let name = (string)variable.Key
           where name.StartsWith(Settings.Prefix, StringComparison.OrdinalIgnoreCase)
           let key = name[Settings.Prefix.Length..].Replace("__", Colon, StringComparison.Ordinal)
           where !Settings.Variables.Contains(key, StringComparer.OrdinalIgnoreCase)
           // Without a section it may be anybody's (Kubernetes makes YAOPAI_PORT of a service yaopai), unless it is nearly one of ours.
           where key.Contains(Colon, StringComparison.Ordinal) || Spelling.Nearest(key, Settings.Variables) is not null
           select new Given(
               key, IsOurs: true, Settings.Variables, key => Settings.Prefix + key.Replace(Colon, "__", StringComparison.Ordinal)),
    ];

    /// <summary>None where nothing reads them.</summary>
    private IDictionary Variables => _configuration.Providers.OfType<EnvironmentVariablesConfigurationProvider>().Any()
        ? Environment.GetEnvironmentVariables()
        : new Hashtable();

    private static IEnumerable<string> KeysOf(IConfigurationProvider provider, string? parent = null)
    {
        foreach (var name in provider.GetChildKeys([], parent).Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var key = parent is null ? name : $"{parent}{Colon}{name}";
            if (provider.TryGet(key, out var value) && value is not null)
                yield return key;
            foreach (var below in KeysOf(provider, key))
                yield return below;
        }
    }

    /// <summary>Stands for the names when options are validated.</summary>
    internal sealed class Checked;

    /// <param name="IsOurs">Whether whoever gave it can have meant nobody but this program.</param>
    /// <param name="Short">Names that are good in this place alone.</param>
    /// <param name="Spell">A name as it is written in this place.</param>
    private sealed record Given(string Key, bool IsOurs, IEnumerable<string> Short, Func<string, string> Spell);
}
