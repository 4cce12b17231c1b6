namespace Yaopai.Server.Admin;

/// <summary>Where a verb reads, answers, and says what went wrong.</summary>
internal sealed record Terminal(TextReader In, TextWriter Out, TextWriter Error)
{
    public static Terminal OfProcess => new(Console.In, Console.Out, Console.Error);
}
