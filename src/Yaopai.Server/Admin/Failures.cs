using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage;
using Yaopai.Server.Tls;

namespace Yaopai.Server.Admin;

/// <summary>What an operator can mend, said in a sentence; everything else is a fault of the program and keeps its stack.</summary>
internal static partial class Failures
{
    private const string DatabaseSetting = "Storage:Database (YAOPAI_DATABASE, or --database)";

    /// <summary>Null for a fault of the program.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        Refusal or SchemaException or MasterKeyException or CertificateException => exception.Message,
        OptionsValidationException wrong => Settings(wrong.Failures),
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            Settings(many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures)),
        StorageException storage => Explain(storage),
        InvalidDataException { InnerException: FormatException or JsonException } unreadable =>
            $"A settings file cannot be read. {unreadable.Message} {Innermost(unreadable)}",
        // A setting of the wrong type.
        InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException } wrong => wrong.Message,
        FormatException wrong => wrong.Message, // --urls
        ArgumentOutOfRangeException { ParamName: "port" } => "A port is a number from 0 to 65535: look at --urls.",
        IOException or UnauthorizedAccessException => exception.Message, // the address is taken, a file cannot be read
        _ => null,
    };

    private static string Settings(IEnumerable<string> failures) =>
        string.Join('\n', (string[])["The settings cannot be used:", .. failures.Select(failure => $"  {Plain(failure)}")]);

    /// <summary>Without the framework's words around ours; its own do not name the section, so the options' name stays beside them.</summary>
    private static string Plain(string failure) =>
        Annotation.Match(failure) is not { Success: true } match ? failure
        : match.Groups["fault"].Value.Contains($":{match.Groups["member"].Value}", StringComparison.Ordinal) ? match.Groups["fault"].Value
        : $"{match.Groups["fault"].Value} ({match.Groups["options"].Value})";

    private static string Explain(StorageException storage) => storage.Failure switch
    {
        StorageFailure.Unreachable => $"The database cannot be reached: {Innermost(storage)} Check that it runs, and the setting {DatabaseSetting}.",
        StorageFailure.Timeout => $"The database did not answer in time. Check that it runs, and the setting {DatabaseSetting}.",
        StorageFailure.Conflict => "The database is busy with other work. Try again.",
        _ => $"The database cannot be used: {Innermost(storage)} Check the setting {DatabaseSetting}.",
    };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;

        return exception.Message.TrimEnd('.') + ".";
    }

    [GeneratedRegex(@"^DataAnnotation validation failed for '(?<options>\w+)' members: '(?<member>[^']*)' with the error: '(?<fault>.*)'\.\z")]
    private static partial Regex Annotation { get; }
}
