namespace Yaopai.Errors;

/// <summary>The words of the catalogue's vocabulary, as they stand in its files.</summary>
internal static class CatalogueWords
{
    public static string Word(this Retry retry) => retry switch
    {
        Retry.No => "no",
        Retry.Later => "later",
        Retry.Renew => "renew",
        Retry.User => "user",
        _ => throw new ArgumentOutOfRangeException(nameof(retry), retry, null),
    };

    public static string Word(this Audience audience) => audience switch
    {
        Audience.Caller => "caller",
        Audience.User => "user",
        Audience.Operator => "operator",
        _ => throw new ArgumentOutOfRangeException(nameof(audience), audience, null),
    };
}
