namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>What an app is at the sandbox's WeChat, under ids made of its client_id.</summary>
/// <param name="Kind">official or mini.</param>
/// <param name="Secret">The one that the app shows there; the right one when nothing is said.</param>
internal sealed record WeChatSeed(string? Kind, string? Secret = null);
