namespace Yaopai.Errors;

/// <summary>Every error of every surface, and the ways to find one.</summary>
public static partial class ErrorCatalogue
{
    public static IReadOnlyList<ErrorDefinition> All { get; } = Array.AsReadOnly(Collect().SelectMany(errors => errors).ToArray());

    public static IReadOnlyList<ErrorSurface> Surfaces { get; } = Array.AsReadOnly(new[]
    {
        SurfaceOf("huawei",   "HuaweiAccount", "华为账号", "Huawei Account"),
        SurfaceOf("open",     "OpenApi",       "开放接口", "Open API"),
        SurfaceOf("identity", "Identity",      "统一身份", "Identity"),
        SurfaceOf("welink",   "WeLink",        "WeLink",   "WeLink"),
        SurfaceOf("operator", "Operator",      "运行维护", "Operating Yaopai"),
    });

    /// <summary>The surface with this slug; null when there is none.</summary>
    public static ErrorSurface? FindSurface(string slug) =>
        Surfaces.FirstOrDefault(surface => surface.Slug.Equals(slug, StringComparison.OrdinalIgnoreCase));

    /// <summary>The errors with this number, on one surface or (null) on all: several operations may document the same.</summary>
    /// <param name="number">
    /// The code (<c>20155</c>), under its main code (<c>1101/20155</c>, in addresses <c>1101-20155</c>), or after its channel
    /// (<c>http/503</c>, <c>NSP_STATUS/500</c>); a code A-BB-CCC also without its dashes (<c>103001</c>).
    /// </param>
    public static IReadOnlyList<ErrorDefinition> Find(string? surfaceSlug, string number) =>
        FindIn(surfaceSlug is null ? All : FindSurface(surfaceSlug)?.Errors ?? [], number);

    /// <summary>Those among the errors, of whatever catalogue.</summary>
    public static IReadOnlyList<ErrorDefinition> FindIn(IEnumerable<ErrorDefinition> errors, string number) =>
        [.. errors.Where(error => HasNumber(error, number))];

    /// <summary>The errors whose name, code, texts or remedies contain the text, in any case.</summary>
    public static IEnumerable<ErrorDefinition> Search(string text) => SearchIn(All, text);

    /// <summary>Those among the errors, of whatever catalogue.</summary>
    public static IEnumerable<ErrorDefinition> SearchIn(IEnumerable<ErrorDefinition> errors, string text) => errors.Where(error =>
        Contains(error.Name, text) || Contains(error.Number, text) || Contains(error.Zh, text) || Contains(error.En, text) ||
        Contains(error.RemedyZh, text) || Contains(error.RemedyEn, text));

    /// <summary>Where the error is explained, <c>/errors/huawei/20155</c>; null for an error of someone else's catalogue.</summary>
    public static string? PageOf(ErrorDefinition error) =>
        Surfaces.FirstOrDefault(surface => surface.Name == error.Surface) is { } surface
            ? $"/errors/{surface.Slug}/{Uri.EscapeDataString(error.Code)}"
            : null;

    private static bool HasNumber(ErrorDefinition error, ReadOnlySpan<char> number)
    {
        if (error.ServiceCode is { } code && ServiceErrorCode.TryParse(number, null, out var asked))
            return code == asked;
        if (!number.EndsWith(error.Code, StringComparison.OrdinalIgnoreCase))
            return false;

        var before = number[..^error.Code.Length];
        return before is "" ||
            (before[^1] is '/' or '-' && (IsPrefix(before[..^1], error.Parent) || IsPrefix(before[..^1], error.Channel)));
    }

    private static bool IsPrefix(ReadOnlySpan<char> before, string prefix) =>
        prefix is not "" && before.Equals(prefix, StringComparison.OrdinalIgnoreCase);

    private static bool Contains(string where, string text) => where.Contains(text, StringComparison.OrdinalIgnoreCase);

    private static ErrorSurface SurfaceOf(string slug, string name, string zh, string en) =>
        new(slug, name, zh, en, Array.AsReadOnly(All.Where(error => error.Surface == name).ToArray()));

    private static partial IReadOnlyList<ErrorDefinition>[] Collect();
}
