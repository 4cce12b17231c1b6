using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Upstreams.WeChat;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Strangers;

/// <summary>The sandbox's WeChat and the push endpoint, held against packages that nobody here wrote (<c>tests/Strangers</c>).</summary>
public sealed class WeChatStrangersTests(SharedServer fixture)
{
    private readonly TestServer _server = fixture.Server;

    private static WeChatAccount Account => WeChatPeople.Accounts[0];

    private static WeChatPerson Person => WeChatPeople.All[0];

    private string Base => _server.Address.GetLeftPart(UriPartial.Authority) + WeChatPeople.BasePath;

    [Fact]
    public Task Co_wechat_api_gets_a_token_makes_a_code_and_sends_a_text() =>
        Stranger.RunAsync("co-wechat-api.js", Base, Account.WeChatAppId, Account.Secret, Person.OpenIdAt(Account.WeChatAppId));

    [Fact]
    public async Task Co_wechat_oauth_signs_a_person_in()
    {
        var memory = _server.Get<WeChatMemory>();
        var code = memory.Issue(WeChatHandle.PageCode, Account, Person, "snsapi_userinfo", WeChatApi.CodeLifetime);

        await Stranger.RunAsync("co-wechat-oauth.js", Base, Account.WeChatAppId, Account.Secret, code);
    }

    [Fact]
    public Task Passport_wechat_signs_a_person_in_from_the_redirect_to_the_profile() =>
        Stranger.RunAsync("passport-wechat.js", Base, Account.WeChatAppId, Account.Secret);

    [Fact]
    public async Task Wechat_crypto_pushes_what_the_platform_takes_and_nothing_forged()
    {
        var made = await _server.Http.PostAsJsonAsync("/identity/wechat/mp/qrcode", new { appid = $"{Account.AppId}" });
        var ticket = (await made.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("ticket").GetString()!;

        await Stranger.RunAsync(
            "wechat-crypto.js", new Uri(_server.Address, $"/identity/wechat/mp/callback/{Account.OriginalId}").AbsoluteUri,
            Account.PushToken!, Account.EncodingAesKey!, Account.WeChatAppId, Account.OriginalId!,
            _server.Get<WeChatMemory>().Find(WeChatHandle.Scene, ticket)!.Text, Person.OpenIdAt(Account.WeChatAppId));
    }
}
