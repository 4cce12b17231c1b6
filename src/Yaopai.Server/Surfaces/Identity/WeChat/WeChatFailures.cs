using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Common = Yaopai.Errors.IdentityErrors.Common;
using E = Yaopai.Errors.IdentityErrors.WeChat;

namespace Yaopai.Server.Surfaces.Identity.WeChat;

/// <summary>What operations about official accounts may answer, and what goes wrong around them.</summary>
internal static class WeChatFailures
{
    public static IReadOnlyList<ErrorDefinition> Rows { get; } =
        IdentityFailures.Rows([.. E.All, IdentityErrors.User.UserRecycled]);

    /// <summary>Of a push: one that cannot be read proves nothing of the account.</summary>
    public static FailureErrors OfPush { get; } =
        IdentityFailures.With(E.OriginalIdMismatch, Common.PostRequired, Common.AppIdUnknown);

    /// <summary>Of the page's question whether its code was scanned.</summary>
    public static FailureErrors OfPoll { get; } =
        IdentityFailures.With(E.SceneExpired, Common.GetRequired, E.SceneExpired);
}
