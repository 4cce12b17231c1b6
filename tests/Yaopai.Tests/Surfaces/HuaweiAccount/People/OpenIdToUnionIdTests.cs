using Yaopai.Server.Surfaces.HuaweiAccount.People;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.HuaweiAccountErrors.OpenIdToUnionId;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

public sealed class OpenIdToUnionIdTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    /// <summary>One mistake in a request that is otherwise good. Null leaves the parameter out;
    /// braces name a value that is made first.</summary>
    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "access_token", null,                       nameof(E.TokenInvalid) },
        { "access_token", "",                         nameof(E.TokenInvalid) },
        { "access_token", "a b+c",                    nameof(E.TokenInvalid) },
        { "access_token", "Zm9yZ2Vk",                 nameof(E.TokenInvalid) },
        { "access_token", "{too long}",               nameof(E.TokenInvalid) },
        { "access_token", "{refresh token}",          nameof(E.TokenInvalid) },
        { "access_token", "{expired}",                nameof(E.TokenExpired) },
        { "access_token", "{of a person, expired}",   nameof(E.TokenExpired) },
        { "access_token", "{revoked}",                nameof(E.TokenRevoked) },
        { "access_token", "{of a person}",            nameof(E.PermissionDenied) },
        { "open_id",      null,                       nameof(E.OpenIdMalformed) },
        { "open_id",      "",                         nameof(E.OpenIdMalformed) },
        { "open_id",      "{257 letters}",            nameof(E.OpenIdMalformed) },
        { "open_id",      "{256 letters}",            nameof(E.Internal) },
        { "open_id",      "x",                        nameof(E.Internal) },
        { "open_id",      "AQAxrBzThFvAAAAlv9tV_4rMCcAB", nameof(E.Internal) },
        { "open_id",      "{of another app}",         nameof(E.Internal) },
        { "open_id",      "{the UnionID}",            nameof(E.Internal) },
        { "open_id",      "{in other case}",          nameof(E.Internal) },
        { "open_id",      "{with one letter changed}", nameof(E.Internal) },
        { "open_id",      "{of nobody who consented}", nameof(E.Internal) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected)
    {
        var (openId, unionId) = await _demo.IdentifiersAsync();
        var token = value switch
        {
            "{refresh token}" => (await _demo.SignInAsync()).Refresh,
            "{revoked}" or "{of a person}" or "{of a person, expired}" => (await _demo.SignInAsync()).Access,
            "{too long}" => new string('A', 100_000),
            _ => await _demo.AppTokenAsync(),
        };
        if (value is "{expired}" or "{of a person, expired}")
            await _demo.AdvanceAsync("PT1H1S");
        if (value is "{revoked}")
            await _demo.RevokeAsync(token);
        var presented = value switch
        {
            "{256 letters}" => new string('A', 256),
            "{257 letters}" => new string('A', 257),
            "{of another app}" => (await _sibling.IdentifiersAsync()).OpenId,
            "{the UnionID}" => unionId,
            "{in other case}" => Swapped(openId),
            "{with one letter changed}" => openId[..^1] + (openId[^1] is 'A' ? 'B' : 'A'),
            "{of nobody who consented}" =>
                fixture.Server.Get<Yaopai.Server.Identifiers.PairwiseIdentifiers>().OpenId(_demo.App.ClientId, 900008),
            _ => value,
        };

        var response = parameter is "open_id"
            ? await _demo.OpenIdToUnionIdAsync(token, presented)
            : await _demo.ServiceAsync(
                "huawei.oauth2.app.openIdToUnionId", ("access_token", value?.StartsWith('{') is true ? token : value), ("open_id", openId));

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected && error.Channel is "NSP_STATUS"));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() => Assert.Equal(
        // that depends on earlier calls: PaceTests
        OpenIdToUnionId.Rules.Select(rule => rule.Error.Name).Where(name => name is not nameof(E.Throttled)),
        Mistakes.Select(row => row.Data.Item3).Distinct());

    [Fact]
    public async Task An_open_id_gives_the_union_id_of_the_developer()
    {
        var (openId, unionId) = await _sibling.IdentifiersAsync("hongkong");

        var response = await _sibling.OpenIdToUnionIdAsync(await _sibling.AppTokenAsync(), openId);

        Assert.Equal("text/plain; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(["union_id"], json.EnumerateObject().Select(property => property.Name));
        Assert.Equal(unionId, json.GetProperty("union_id").GetString());
        Assert.Equal(unionId, (await _demo.IdentifiersAsync("hongkong")).UnionId);
    }

    [Fact]
    public async Task What_an_app_once_knew_it_knows_when_the_consent_is_gone()
    {
        var (openId, unionId) = await _sibling.IdentifiersAsync("russia");
        await _sibling.WithdrawAsync("russia");

        var json = await (await _sibling.OpenIdToUnionIdAsync(await _sibling.AppTokenAsync(), openId)).ShouldSucceedAsync(E.Ok);

        Assert.Equal(unionId, json.GetProperty("union_id").GetString());
    }

    [Fact]
    public async Task Who_consented_before_there_was_a_way_back_is_known_from_the_next_start_on()
    {
        await using var own = new OnSqlite();
        var engine = own;
        await engine.InitializeAsync();
        string openId, unionId;
        await using (var older = await TestServer.StartAsync(engine))
            (openId, unionId) = await new HuaweiCaller(older).IdentifiersAsync();
        await engine.ExecuteAsync(
            "DELETE FROM open_id; DELETE FROM union_id; INSERT INTO identifier_backlog (account_id, app_id) VALUES (0, 0)");

        await using var newer = await TestServer.StartAsync(engine);
        var demo = new HuaweiCaller(newer);

        var json = await (await demo.OpenIdToUnionIdAsync(await demo.AppTokenAsync(), openId)).ShouldSucceedAsync(E.Ok);
        Assert.Equal(unionId, json.GetProperty("union_id").GetString());
    }

    private static string Swapped(string text) =>
        string.Concat(text.Select(c => char.IsUpper(c) ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c)));
}
