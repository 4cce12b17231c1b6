using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Hosting.Tls;
using Yaopai.Server.Keys;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Stores;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Server.Hosting;

/// <summary>What an operator can mend, under its code; everything else is a fault of the program and keeps its stack.</summary>
internal static partial class StartupFailures
{
    /// <summary>Null for a fault of the program.</summary>
    public static Complaint? Explain(Exception exception) => exception switch
    {
        UnusableDatabaseException unusable => new(ErrorOf(unusable.Fault), exception.Message),
        MasterKeyException key => new(ErrorOf(key.Fault), exception.Message),
        KeyLostException lost => new(E.Keys.KeyUnopened, lost.Message),
        CertificateException certificate => new(certificate.Error, exception.Message),
        OptionsValidationException wrong => Settings(wrong.Failures),
        AggregateException many when many.InnerExceptions.All(inner => inner is OptionsValidationException) =>
            Settings(many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(wrong => wrong.Failures)),
        AggregateException many => many.InnerExceptions.Select(Explain).FirstOrDefault(complaint => complaint is not null),
        StorageException storage => Explain(storage),
        InvalidDataException { InnerException: FormatException or JsonException } unreadable =>
            new(E.Settings.FileMalformed, $"A settings file cannot be read. {unreadable.Message} {Innermost(unreadable)}"),
        InvalidOperationException { InnerException: FormatException or ArgumentException or OverflowException } =>
            new(E.Settings.SettingMistyped, exception.Message),
        FormatException => new(E.Startup.AddressMalformed, exception.Message), // --urls
        ArgumentOutOfRangeException { ParamName: "port" } => new(E.Startup.AddressMalformed, "A port is a number from 0 to 65535."),
        IOException { InnerException: AddressInUseException } => new(E.Startup.AddressTaken, exception.Message),
        SocketException => new(E.Startup.AddressUnusable, $"The address cannot be listened on: {Innermost(exception)}"),
        IOException or UnauthorizedAccessException => new(E.Startup.FileUnusable, exception.Message),
        _ => null,
    };

    /// <summary>Nothing failed: whatever was under way was told to end.</summary>
    public static bool IsCancellation(Exception exception) => exception is AggregateException many
        ? many.InnerExceptions.All(IsCancellation)
        : exception is OperationCanceledException;

    private static Complaint Settings(IEnumerable<string> failures) => new(
        E.Settings.SettingRefused,
        string.Join('\n', (string[])["The settings cannot be used:", .. failures.Select(failure => $"  {Plain(failure)}")]));

    /// <summary>Without the framework's words around ours; its own do not name the section,
    /// so the options' name stays beside them.</summary>
    private static string Plain(string failure) =>
        Annotation.Match(failure) is not { Success: true } match ? failure
        : match.Groups["fault"].Value.Contains($":{match.Groups["member"].Value}", StringComparison.Ordinal) ? match.Groups["fault"].Value
        : $"{match.Groups["fault"].Value} ({match.Groups["options"].Value})";

    private static Complaint Explain(StorageException storage) => storage.Failure switch
    {
        StorageFailure.Unreachable => new(E.Storage.DatabaseUnreachable, $"The database cannot be reached: {Innermost(storage)}"),
        StorageFailure.Timeout => new(E.Storage.DatabaseSilent, "The database did not answer in time."),
        StorageFailure.Conflict => new(E.Storage.DatabaseBusy, "The database is busy with other work."),
        _ => new(E.Storage.DatabaseFailed, $"The database cannot be used: {Innermost(storage)}"),
    };

    private static ErrorDefinition ErrorOf(DatabaseFault fault) => fault switch
    {
        DatabaseFault.SchemaNewer => E.Storage.SchemaNewer,
        DatabaseFault.ReadOnly => E.Storage.DatabaseReadOnly,
        DatabaseFault.SessionsShared => E.Storage.SessionsShared,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static ErrorDefinition ErrorOf(MasterKeyFault fault) => fault switch
    {
        MasterKeyFault.Missing => E.Keys.MasterKeyMissing,
        MasterKeyFault.Exposed => E.Keys.MasterKeyExposed,
        MasterKeyFault.Malformed => E.Keys.MasterKeyMalformed,
        MasterKeyFault.Foreign => E.Keys.MasterKeyForeign,
        _ => throw new ArgumentOutOfRangeException(nameof(fault), fault, null),
    };

    private static string Innermost(Exception exception)
    {
        while (exception.InnerException is { } inner)
            exception = inner;

        return exception.Message.TrimEnd('.') + ".";
    }

    [GeneratedRegex(
        @"^DataAnnotation validation failed for '(?<options>\w+)' members: '(?<member>[^']*)' with the error: '(?<fault>.*)'\.\z")]
    private static partial Regex Annotation { get; }
}
