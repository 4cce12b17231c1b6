namespace Yaopai.Errors;

public enum LintSeverity
{
    Warning,
    Error,
}

/// <summary>Something in a catalogue that a reader would stumble over.</summary>
/// <param name="File">The catalogue: <c>HuaweiAccount.tsv</c>.</param>
/// <param name="Row">The row, by operation and name: <c>Token.CodeExpired</c>.</param>
public sealed record LintFinding(string File, string Row, LintSeverity Severity, string Message)
{
    public override string ToString() => $"{File}: {Row}: {(Severity is LintSeverity.Error ? "error" : "warning")}: {Message}";
}

/// <summary>Reads the texts of a catalogue; what is wrong with a row's shape has already stopped the build.</summary>
public static class CatalogueLint
{
    public static IReadOnlyList<LintFinding> Check(IEnumerable<ErrorDefinition> errors)
    {
        var all = errors.ToList();
        return [.. all.SelectMany(Texts), .. CodeTwice(all), .. EnglishTwice(all), .. TwoTranslations(all)];
    }

    private static IEnumerable<LintFinding> Texts(ErrorDefinition error)
    {
        foreach (var (column, text) in new[] { ("zh", error.Zh), ("remedy_zh", error.RemedyZh) })
        {
            if (text.Trim().Length != text.Length)
                yield return Error(error, $"{column} begins or ends with a space");
            if (!text.Any(IsIdeograph))
                yield return Error(error, $"{column} has no Chinese character");
            if (text.TrimEnd() is [.., '.' or ',' or ';' or ':' or '!' or '?'])
                yield return Warning(error, $"{column} ends with a half-width mark");
        }

        foreach (var (column, text) in new[] { ("en", error.En), ("remedy_en", error.RemedyEn) })
        {
            if (text.Trim().Length != text.Length)
                yield return Error(error, $"{column} begins or ends with a space");
            if (text.Any(c => IsIdeograph(c) || IsFullWidthMark(c)))
                yield return Error(error, $"{column} holds Chinese characters or full-width marks");
        }
    }

    // The build sees the tables of one project; a company has several, and its numbers are one set.
    private static IEnumerable<LintFinding> CodeTwice(IEnumerable<ErrorDefinition> errors) =>
        from error in errors
        where error.ServiceCode is not null
        group error by error.ServiceCode into same
        let first = same.First()
        from error in same.Skip(1)
        select Error(error, $"{error.Code} is {first.Surface}.{first.Operation}.{first.Name} already");

    private static IEnumerable<LintFinding> EnglishTwice(IEnumerable<ErrorDefinition> errors) =>
        from error in errors
        group error by (error.Surface, error.Operation, error.En) into same
        let first = same.First()
        from error in same
        where error.Number != first.Number && error.Zh != first.Zh
        select Warning(error, $"en is the same as that of {first.Number}, though zh differs");

    private static IEnumerable<LintFinding> TwoTranslations(IEnumerable<ErrorDefinition> errors) =>
        from error in errors
        group error by (error.Surface, error.Channel, error.Number, error.Zh) into same
        let first = same.First()
        from error in same
        where error.En != first.En
        select Warning(error, $"en differs from that of {first.Operation}.{first.Name}, though code and zh are the same");

    private static LintFinding Error(ErrorDefinition error, string message) => Finding(error, LintSeverity.Error, message);

    private static LintFinding Warning(ErrorDefinition error, string message) => Finding(error, LintSeverity.Warning, message);

    private static LintFinding Finding(ErrorDefinition error, LintSeverity severity, string message) =>
        new($"{error.Surface}.tsv", $"{error.Operation}.{error.Name}", severity, message);

    private static bool IsIdeograph(char c) => c is >= '\u3400' and <= '\u4dbf' or >= '\u4e00' and <= '\u9fff';

    private static bool IsFullWidthMark(char c) => c is >= '\u3000' and <= '\u303f' or >= '\uff00' and <= '\uffef';
}
