using System.Net.Http.Headers;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Gateway;

/// <summary>Ten thousand requests that are wrong somewhere: each gets an answer that its operation documents,
/// and nothing secret is logged.</summary>
public sealed class MalformedTrafficTests(MalformedTrafficTests.Unlimited fixture) : IClassFixture<MalformedTrafficTests.Unlimited>
{
    public sealed class Unlimited : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Quotas:AppPerMinute", "0"), ("Quotas:AddressPerMinute", "0"), ("Surfaces:Identity:QrCodesPerMinute", "0")];
    }

    private const int Requests = 10_000;

    private static readonly (string Path, string Operation)[] s_paths =
    [
        ("/oauth2/v3/token",                                     "Token"),
        ("/oauth2/v3/revoke",                                    "Revoke"),
        ("/oauth2/v3/tokeninfo",                                 "TokenInfo"),
        ("/rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo",    "GetTokenInfo"),
        ("/rest.php?nsp_svc=GOpen.User.getInfo",                 "GetInfo"),
        ("/rest.php?nsp_svc=OpenRealName.User.getDetailInfo",    "GetRealName"),
        ("/rest.php?nsp_svc=OpenRealName.User.verifyRealName",   "VerifyRealName"),
        ("/oauth2/v3/certs",                                     "Certs"),
        ("/.well-known/openid-configuration",                    "OpenIdConfiguration"),
    ];

    private static readonly string[] s_names =
        ["grant_type", "client_id", "client_secret", "code", "refresh_token", "scope", "token", "access_token", "id_token",
         "getNickName", "open_id", "queryRangeFlag", "sceneID", "idType", "idValue", "ctfType", "realName", "ctfCode",
         "serviceAccountClientID", "serviceAccountKeyID",
         "redirect_uri", "code_verifier", "supportAlg", "need_group_union_id", "nsp_fmt", "x"];

    private static readonly string[] s_contentTypes =
        ["application/x-www-form-urlencoded", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded",
         "application/x-www-form-urlencoded;charset=utf-8", "application/json", "text/plain", "multipart/form-data"];

    internal sealed record Request(string Method, string Path, string Operation, string ContentType, byte[] Body);

    [Fact]
    public async Task Every_one_of_ten_thousand_gets_a_documented_answer_and_no_secret_reaches_the_log()
    {
        var before = fixture.Server.Log.Lines.Count; // at start it tells developers how to sign in
        var secrets = await SecretsAsync();
        var requests = Arb.From(RequestGen(secrets));

        Prop.ForAll(requests, request => AnswerIsDocumentedAsync(request).GetAwaiter().GetResult())
            .Check(Config.QuickThrowOnFailure.WithMaxTest(Requests).WithReplay(20261121, 7).WithEndSize(60));

        var log = string.Join('\n', fixture.Server.Log.Lines.Skip(before));
        Assert.NotEmpty(log);
        Assert.All(secrets, secret => Assert.DoesNotContain(secret, log, StringComparison.Ordinal));
        Assert.DoesNotContain("Unexpected", log, StringComparison.Ordinal);
    }

    private async Task<bool> AnswerIsDocumentedAsync(Request request)
    {
        using var message = new HttpRequestMessage(new HttpMethod(request.Method), "/huawei" + request.Path);
        if (request.Method is not "GET")
        {
            message.Content = new ByteArrayContent(request.Body);
            message.Content.Headers.ContentType = new MediaTypeHeaderValue("x/x");
            message.Content.Headers.Remove("Content-Type");
            message.Content.Headers.TryAddWithoutValidation("Content-Type", request.ContentType);
        }

        using var response = await fixture.Server.Http.SendAsync(message).WaitAsync(TimeSpan.FromSeconds(30));
        var answer = await response.CodeOfAsync();
        return HuaweiAccountErrors.All.Any(
            error => error.Operation == request.Operation && $"{error.Http} {error.Channel} {error.Number}" == answer)
            && (int)response.StatusCode < 500;
    }

    /// <summary>Good values of everything, so that what is wrong is often only one of many.</summary>
    private async Task<string[]> SecretsAsync()
    {
        var demo = new HuaweiCaller(fixture.Server);
        var tokens = await demo.SignInAsync(scope: "openid profile phone");
        return [demo.App.ClientSecret, DemoData.Password, await demo.CodeAsync(), tokens.Access, tokens.Refresh, tokens.Id,
            await demo.AppTokenAsync(), "11136000008", "张三", "11010519491231002X"];
    }

    private static Gen<Request> RequestGen(string[] secrets)
    {
        var good = Gen.Elements((string[])["authorization_code", "refresh_token", "client_credentials", "100000001", "100000002", "1",
            "true", "openid", "OPENID", .. secrets]);
        var wild = ArbMap.Default.GeneratorFor<string>().Select(text => text ?? "");
        var value = Gen.Frequency((4, good.Select(Uri.EscapeDataString)), (1, good), (2, wild.Select(EscapeAll)), (1, wild));
        var name = Gen.Frequency((9, Gen.Elements(s_names)), (1, wild.Select(EscapeAll)));
        var pairs = name.Zip(value, (n, v) => $"{n}={v}").ListOf();
        var text = pairs.Select(list => Encoding.UTF8.GetBytes(string.Join('&', list)));
        var noise = ArbMap.Default.GeneratorFor<byte[]>().Select(bytes => bytes ?? []);
        var body = Gen.Frequency((8, text), (1, noise), (1, text.Zip(noise, (a, b) => (byte[])[.. a, .. b])));
        var method = Gen.Frequency((14, Gen.Constant("POST")), (1, Gen.Elements("GET", "PUT", "DELETE", "PATCH")));

        return method.Zip(Gen.Elements(s_paths)).Zip(Gen.Elements(s_contentTypes).Zip(body))
            .Select(all => new Request(all.Item1.Item1, all.Item1.Item2.Path, all.Item1.Item2.Operation, all.Item2.Item1, all.Item2.Item2));
    }

    /// <summary>Every octet as a percent escape: what decodes to anything at all.</summary>
    private static string EscapeAll(string text) => string.Concat(Encoding.UTF8.GetBytes(text).Select(octet => $"%{octet:x2}"));
}
