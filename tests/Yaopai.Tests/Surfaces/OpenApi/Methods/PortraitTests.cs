using Yaopai.Server.Accounts;
using Yaopai.Server.Surfaces.OpenApi.Methods;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Methods;

public sealed class PortraitTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const long Mainland = 900001;
    private const string Picture = "https://demo.example/avatars/mainland.png";

    private readonly OpenCaller _demo = new(fixture.Server);

    private PortraitTokens Tokens => fixture.Server.Get<PortraitTokens>();

    [Theory]
    [InlineData("/open", "/sys/portrait/item/", "", null)]
    [InlineData("/open", "/sys/portrait/item/", ".jpg", null)]
    [InlineData("/open", "/sys/portraitn/item/", "", null)]
    [InlineData("/open", "/sys/portraitn/item/", ".jpg", null)]
    [InlineData("", "/sys/portrait/item/", ".jpg", "tb.himg.baidu.com")]
    [InlineData("", "/sys/portraitn/item/", "", "himg.bdimg.com")]
    public async Task FC06_what_the_app_is_told_leads_to_the_picture(string root, string path, string suffix, string? host)
    {
        var access = (await _demo.TokensAsync()).Access;
        var told = await (await _demo.CallAsync("passport/users/getLoggedInUser", access)).ShouldSucceedAsync(E.Ok);
        var token = told.GetProperty("portrait").GetString()!;
        Assert.Matches("^[0-9a-z]+$", token);

        using var answer = await AskAsync($"{root}{path}{token}{suffix}", host: host);

        Assert.Equal((302, Picture), ((int)answer.StatusCode, answer.Headers.Location!.OriginalString));
    }

    [Fact]
    public async Task FC06_who_has_no_picture_is_shown_a_plain_one()
    {
        var account = Samples.NewAccount();
        Assert.True(await fixture.Server.Get<IAccountStore>().TryAddAsync(account, default));

        await ShouldBePlainAsync(await AskAsync(AddressOf(_demo.App.ClientId, account.Id)));
    }

    /// <summary>A link that a person follows leads nowhere else: only pictures on pages, and programs, are led on.</summary>
    [Theory]
    [InlineData("document", false)]
    [InlineData("iframe", false)]
    [InlineData("script", false)]
    [InlineData("image", true)]
    [InlineData("empty", true)]
    public async Task Nobody_who_follows_a_link_is_led_on(string destination, bool isLedOn)
    {
        var answer = await AskAsync(AddressOf(_demo.App.ClientId, Mainland), destination);

        if (isLedOn)
            Assert.Equal(Picture, answer.Headers.Location!.OriginalString);
        else
            await ShouldBePlainAsync(answer);
    }

    [Fact]
    public void A_token_is_the_same_each_time_another_for_each_app_and_person_and_says_nothing()
    {
        var token = Tokens.Of(1, 2);

        Assert.Equal(token, Tokens.Of(1, 2));
        Assert.Equal((1, 2), Tokens.Read(token));
        Assert.Equal(
            1000, Enumerable.Range(0, 1000).Select(i => Tokens.Of(1 + (i % 2), 900001 + (i / 2))[..8]).Distinct().Count());
        Assert.DoesNotContain($"{Mainland:x}", Tokens.Of(_demo.App.ClientId, Mainland));
        Assert.Equal(PortraitTokens.Length, token.Length);
    }

    [Fact]
    public void A_token_that_was_changed_anywhere_is_none()
    {
        var token = Tokens.Of(1, 2);

        for (var i = 0; i < token.Length; i++)
            Assert.Null(Tokens.Read($"{token[..i]}{(token[i] is '0' ? '1' : '0')}{token[(i + 1)..]}"));
        Assert.Null(Tokens.Read(""));
        Assert.Null(Tokens.Read(token[..^1]));
        Assert.Null(Tokens.Read(token + "0"));
        Assert.Null(Tokens.Read(token[..^1] + "g"));
        Assert.Null(Tokens.Read(new string('A', token.Length)));
    }

    [Fact]
    public async Task A_token_that_was_never_given_out_and_one_of_somebody_who_is_gone_are_answered_alike()
    {
        foreach (var address in new[]
        {
            "/open/sys/portrait/item/900001", "/open/sys/portrait/item/mainland.jpg", "/open/sys/portrait/item/.jpg",
            AddressOf(_demo.App.ClientId, 4711), AddressOf(4711, Mainland),
            $"/open/sys/portrait/item/{new string('0', PortraitTokens.Length)}",
        })
            await (await AskAsync(address)).ShouldRefuseAsync(E.MethodUnknown);
    }

    private string AddressOf(long app, long account) => $"/open/sys/portrait/item/{Tokens.Of(app, account)}.jpg";

    private async Task<HttpResponseMessage> AskAsync(string address, string? destination = null, string? host = null)
    {
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = fixture.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (host is not null)
            request.Headers.Host = host;
        if (destination is not null)
            request.Headers.Add("Sec-Fetch-Dest", destination);
        return await http.SendAsync(request);
    }

    private static async Task ShouldBePlainAsync(HttpResponseMessage answer)
    {
        Assert.Equal((200, "image/png"), ((int)answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        Assert.Equal([0x89, (byte)'P', (byte)'N', (byte)'G'], (await answer.Content.ReadAsByteArrayAsync())[..4]);
    }
}
