using Yaopai.Errors;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Pages.ErrorReference;

/// <summary>The catalogue's own words, as people say them: short in a table, whole on an error's page.</summary>
internal static class Vocabulary
{
    private static readonly (Phrase Short, Phrase Whole) s_nothing = (new("—", "—"), new("无需处理", "Nothing to do"));

    private static readonly Dictionary<Retry, (Phrase Short, Phrase Whole)> s_retry = new()
    {
        [Retry.No] = (new("先改请求", "Change it first"), new("不要重试，请先修改请求", "Change the request before you retry")),
        [Retry.Later] = (new("稍后重试", "Later"), new("稍后可用相同请求重试", "Retry the same request after a pause")),
        [Retry.Renew] = (new("换新凭证", "New credential"), new("先获取新的凭证，再重试", "Get a new credential, then retry")),
        [Retry.User] = (new("等人处理", "A person acts"), new("需要有人先行处理，再重试", "Retry after a person has acted")),
    };

    private static readonly Dictionary<Audience, (Phrase Short, Phrase Whole)> s_audience = new()
    {
        [Audience.Caller] = (new("开发者", "Developer"), new("调用方开发者", "The caller’s developer")),
        [Audience.User] = (new("用户", "User"), new("用户", "The user")),
        [Audience.Operator] = (new("运营方", "Operator"), new("平台运营方", "The platform’s operator")),
    };

    public static (Phrase Short, Phrase Whole) RetryOf(ErrorDefinition error) => IsSuccess(error) ? s_nothing : s_retry[error.Retry];

    public static (Phrase Short, Phrase Whole) AudienceOf(ErrorDefinition error) =>
        IsSuccess(error) ? s_nothing : s_audience[error.Audience];

    /// <summary>For the colour that goes with the word: <c>later</c>.</summary>
    public static string ToneOf(ErrorDefinition error) => IsSuccess(error) ? "ok" : error.Retry.ToString().ToLowerInvariant();

    // The documents list the success code among the others; nobody has to mend it.
    private static bool IsSuccess(ErrorDefinition error) => error.Name is "Ok";
}
