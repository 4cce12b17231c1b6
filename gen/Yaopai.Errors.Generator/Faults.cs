using Microsoft.CodeAnalysis;

namespace Yaopai.Errors.Generator;

/// <summary>What can be wrong with a catalogue. Each stops the build on the row itself.</summary>
internal static class Faults
{
    public static readonly DiagnosticDescriptor Header = Define("YAOPAI001", "Wrong header", "The first line must be, between tabs: {0}");
    public static readonly DiagnosticDescriptor Width = Define("YAOPAI002", "Wrong number of columns", "Expected {0} columns, found {1}");
    public static readonly DiagnosticDescriptor Empty = Define("YAOPAI003", "Empty cell", "The column {0} is empty");
    public static readonly DiagnosticDescriptor NameTwice = Define("YAOPAI004", "Name used twice", "{0}.{1} is in line {2} already");
    public static readonly DiagnosticDescriptor CodeTwice = Define("YAOPAI005", "Code used twice", "{0} has {1} {2} in line {3} already");
    public static readonly DiagnosticDescriptor Http = Define("YAOPAI006", "Not an HTTP status", "'{0}' is not from 200 to 599");
    public static readonly DiagnosticDescriptor Vocabulary = Define("YAOPAI007", "Unknown word", "{0} is '{1}', none of: {2}");
    public static readonly DiagnosticDescriptor NotAName = Define("YAOPAI008", "Not a name", "'{0}' cannot name a C# member here");
    public static readonly DiagnosticDescriptor SurfaceTwice = Define("YAOPAI009", "Surface defined twice", "Another file defines {0}");

    private static DiagnosticDescriptor Define(string id, string title, string message) =>
        new(id, title, message, "Yaopai.Errors", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
