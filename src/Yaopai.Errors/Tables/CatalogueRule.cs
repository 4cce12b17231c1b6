namespace Yaopai.Errors.Tables;

/// <summary>What a table of errors must be. The compiler and the command line hold it to the same rules, in the same words.</summary>
internal sealed class CatalogueRule
{
    public static readonly CatalogueRule Header = new("YAOPAI001", "Wrong header", "The first line must be, between tabs: {0} - or: {1}");
    public static readonly CatalogueRule Width = new("YAOPAI002", "Wrong number of columns", "Expected {0} columns, found {1}");
    public static readonly CatalogueRule Empty = new("YAOPAI003", "Empty cell", "The column {0} is empty");
    public static readonly CatalogueRule NameTwice = new("YAOPAI004", "Name used twice", "{0}.{1} is in line {2} already");
    public static readonly CatalogueRule CodeTwice = new("YAOPAI005", "Code used twice", "{0} has {1} {2} in line {3} already");
    public static readonly CatalogueRule Http = new("YAOPAI006", "Not an HTTP status", "'{0}' is not from 200 to 599");
    public static readonly CatalogueRule Vocabulary = new("YAOPAI007", "Unknown word", "{0} is '{1}', none of: {2}");
    public static readonly CatalogueRule NotAName = new("YAOPAI008", "Not a name", "'{0}' cannot name a C# member here");
    public static readonly CatalogueRule SurfaceTwice = new("YAOPAI009", "Surface defined twice", "Another file defines {0}");
    public static readonly CatalogueRule NotACode = new(
        "YAOPAI010", "Not a code", "'{0}' is no code: write 2-05-017, with a level of 1 or 2");
    public static readonly CatalogueRule ModuleTwice =
        new("YAOPAI011", "Module with two names", "Module {0} is {1} in line {2}: a module has one number and one name");
    public static readonly CatalogueRule CodeOfAnotherFile = new("YAOPAI012", "Code used in two files", "{0} is in {1} already");

    private CatalogueRule(string id, string title, string message) => (Id, Title, Message) = (id, title, message);

    public string Id { get; }

    public string Title { get; }

    public string Message { get; }
}

/// <summary>A rule that a line breaks.</summary>
/// <param name="line">Counted from 0, as the compiler does.</param>
internal readonly struct CatalogueFault(CatalogueRule rule, int line, object[] words)
{
    public CatalogueRule Rule => rule;

    public int Line => line;

    public object[] Words => words;

    public override string ToString() => $"{rule.Id}: {string.Format(rule.Message, words)}";
}
