using Yaopai.Server.Messages;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>A kind of message: what has to be sent of it, and what is kept.</summary>
/// <param name="Required">Members that may not be missing, in the order of the document.</param>
/// <param name="Kept">Members that readers get as they came, beside title, content and status.</param>
/// <param name="IsSound">Whether its lists can be used.</param>
internal sealed record MessageForm(MessageKind Kind, string[] Required, string[] Kept, Func<SendRequest, bool> IsSound)
{
    private const int MostParts = 20;

    private static readonly string[] s_place = ["urlType", "urlPath", "desktopUrlPath", "createTime", "isForceTips", "receiveDeviceType"];

    /// <summary>In the name of a public account.</summary>
    public static MessageForm OfAccount { get; } = new(
        MessageKind.Text, ["msgRange", "msgTitle", "msgContent", "urlType", "urlPath", "msgOwner"], s_place, _ => true);

    /// <summary>In the app's own name.</summary>
    public static MessageForm ToUsers { get; } = OfAccount with { Kept = [.. s_place, "msgDisplayMode"] };

    public static MessageForm Card { get; } = new(MessageKind.Card, ["msgTitle", "msgContent"], s_place, _ => true);

    public static MessageForm AppCard { get; } = new(
        MessageKind.AppCard, ["msgTitle"], [.. s_place, "btnType", "contentList", "btnList"],
        x => x.HasObjects("contentList", MostParts) && x.HasObjects("btnList", MostParts));

    public static MessageForm Image { get; } = new(
        MessageKind.Image, ["imageUrl"], ["imageUrl", "jumpUrl", "receiveDeviceType"],
        x => Urls.IsSound(x["imageUrl"]) && x.IsUrlIfAny("jumpUrl"));

    public static MessageForm News { get; } = new(
        MessageKind.News, ["news"], ["news", "receiveDeviceType"],
        x => x.HasObjects("news", MostParts) && x.Body.Objects("news") is { Count: > 0 } news && news.All(IsArticle));

    private static bool IsArticle(Gateway.JsonBody article) =>
        article.Text("title") is not "" && Urls.IsSound(article.Text("newsUrl"))
        && (article.Text("imageUrl") is "" || Urls.IsSound(article.Text("imageUrl")));
}
