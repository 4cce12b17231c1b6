namespace Yaopai.Errors.Tables;

/// <summary>A code A-BB-CCC as it stands in a table: with its dashes.</summary>
internal static class CodeText
{
    public static bool IsCode(string text)
    {
        if (text.Length is not 8 || text[0] is not ('1' or '2') || text[1] is not '-' || text[4] is not '-')
            return false;

        return IsNumber(text, 2, 2) && IsNumber(text, 5, 3);
    }

    /// <summary><c>05</c> of <c>2-05-017</c>: a module has the same number on both levels.</summary>
    public static string ModuleOf(string code) => code.Substring(2, 2);

    private static bool IsNumber(string text, int from, int count)
    {
        var value = 0;
        for (var i = from; i < from + count; i++)
        {
            if (text[i] is < '0' or > '9')
                return false;
            value = (value * 10) + (text[i] - '0');
        }

        return value > 0;
    }
}
