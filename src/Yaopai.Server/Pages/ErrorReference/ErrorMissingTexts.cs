using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.ErrorReference;

internal static class ErrorMissingTexts
{
    public static readonly Phrase NoSurface = new("没有名为“{0}”的平台接口", "There is no API “{0}”");
    public static readonly Phrase NoCode = new("{0}没有错误码 {1}", "{0} has no error {1}");
    public static readonly Phrase Near = new("您要找的可能是", "Did you mean");
    public static readonly Phrase AllOf = new("{0}的全部错误码", "All errors of {0}");
    public static readonly Phrase Surfaces = new("已有的平台接口", "Available APIs");
}
