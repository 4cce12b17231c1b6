using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox.WeChat;

/// <summary>People to choose from, and where each leads.</summary>
public sealed record WeChatChoice(IReadOnlyList<(string Nickname, string Name, string Href)> People);

internal static class WeChatTexts
{
    public static readonly Phrase Title = new("微信沙箱：你是谁？", "The sandbox's WeChat: who are you?");
    public static readonly Phrase Choose = new("请选择一个演示用户。", "Choose a demo user.");
}
