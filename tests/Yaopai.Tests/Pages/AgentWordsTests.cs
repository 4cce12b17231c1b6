using Yaopai.Server.Pages.MyAccount;

namespace Yaopai.Tests.Pages;

public sealed class AgentWordsTests
{
    private const string WebKit = "AppleWebKit/537.36 (KHTML, like Gecko)";

    [Theory]
    [InlineData($"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WebKit} Chrome/142.0.0.0 Safari/537.36", "Chrome on Windows")]
    [InlineData($"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {WebKit} Chrome/142.0.0.0 Safari/537.36 Edg/142.0.0.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux")]
    [InlineData(
        "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/604.1",
        "Safari on iPhone")]
    [InlineData(
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Safari/605.1.15",
        "Safari on macOS")]
    [InlineData($"Mozilla/5.0 (Linux; Android 10; K) {WebKit} Chrome/142.0.0.0 Mobile Safari/537.36", "Chrome on Android")]
    [InlineData(
        $"Mozilla/5.0 (Phone; OpenHarmony 5.0) {WebKit} Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile HuaweiBrowser/5.0.4.300",
        "Huawei Browser on HarmonyOS")]
    [InlineData("curl/8.5.0", "A program")]
    [InlineData("", "Unknown device")]
    public void A_browser_is_called_what_its_person_calls_it(string agent, string words) => Assert.Equal(words, AgentWords.Of(agent).En);

    [Fact]
    public void In_Chinese_the_system_comes_first() => Assert.Equal(
        "Android 上的 微信", AgentWords.Of($"Mozilla/5.0 (Linux; Android 14) {WebKit} Chrome/120.0 MicroMessenger/8.0.49 Safari/537.36").Zh);
}
