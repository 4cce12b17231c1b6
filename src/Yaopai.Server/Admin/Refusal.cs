namespace Yaopai.Server.Admin;

/// <summary>How a verb ends, as a shell sees it.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Refused = 1;
    public const int WrongUsage = 2;
}

/// <summary>Ends a verb with a message that says what to do.</summary>
internal sealed class Refusal(string message, int exitCode = ExitCode.Refused) : Exception(message)
{
    public int ExitCode => exitCode;

    public static Refusal NotFound(string noun, string id) => new($"There is no {noun} {id}. See them all: {CommandLine.Name} {noun} list");

    public static Refusal WrongUsage(string message) => new(message, Admin.ExitCode.WrongUsage);
}
