using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Credentials;

/// <summary>A credential is for one surface, and says nothing to any other.</summary>
public sealed class RealmTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly CredentialSealer _sealer = fixture.Server.Get<CredentialSealer>();
    private readonly OpenCredentials _open = fixture.Server.Get<OpenCredentials>();
    private readonly Revoker _revoker = fixture.Server.Get<Revoker>();

    [Fact]
    public async Task What_is_sealed_for_one_realm_opens_in_no_other()
    {
        foreach (var realm in Enum.GetValues<CredentialRealm>())
        {
            foreach (var kind in Enum.GetValues<CredentialKind>())
                await AssertIsOfItsRealmAloneAsync(realm, kind);
        }
    }

    private async Task AssertIsOfItsRealmAloneAsync(CredentialRealm realm, CredentialKind kind)
    {
        var text = _sealer.Seal(Sample(realm, kind));

        foreach (var asked in Enum.GetValues<CredentialRealm>())
        {
            foreach (var spelled in new[] { text, text.Replace('-', '+').Replace('_', '/'), text.Replace('+', '-').Replace('/', '_').TrimEnd('=') })
            {
                var (_, credential) = await _sealer.OpenAsync(asked, spelled, default);
                Assert.True(credential is null || (asked == realm && spelled == text && credential.Realm == realm && credential.Kind == kind), $"{asked} {spelled}");
            }
        }

        var itself = (await _sealer.OpenAsync(realm, text, default)).Credential;
        var isKnown = kind is not (CredentialKind.Session or CredentialKind.SessionKey) || (kind is CredentialKind.SessionKey) == (realm is CredentialRealm.OpenApi);
        Assert.Equal(isKnown, itself is not null);
    }

    [Fact]
    public async Task Neither_tickets_nor_credentials_are_taken_for_the_other()
    {
        var tickets = fixture.Server.Get<Tickets>();
        var clock = fixture.Server.Get<IAppClock>();
        var ticket = tickets.Seal(Interaction.OfOwnPage("/account", clock.Now));
        foreach (var realm in Enum.GetValues<CredentialRealm>())
        {
            Assert.Null((await _sealer.OpenAsync(realm, ticket, default)).Credential);
            Assert.Null(await tickets.OpenAsync<Interaction>(_sealer.Seal(Sample(realm, CredentialKind.Code)), default));
        }
    }

    [Fact]
    public async Task A_token_is_read_as_it_was_written_and_in_no_other_way()
    {
        var token = (await TokensAsync("mainland")).Access;
        Assert.Matches(@"^21\.[0-9A-Za-z_-]+\.2592000\.[0-9]{10}-900001-100000001$", token);
        var parts = token.Split('.');

        string[] wrong =
        [
            "", ".", "...", parts[1], $"{parts[0]}.{parts[1]}", token + ".", token + " ", " " + token, token + "\n",
            token.Replace("21.", "22."), token.Replace("21.", "24."), token.Replace(".2592000.", ".2592001."), token.Replace(".2592000.", ".02592000."),
            token.Replace("-900001-", "-900002-"), token.Replace("-100000001", "-100000002"), token.Replace("-900001-", "--"),
            $"{parts[0]}.{parts[1]}=.{parts[2]}.{parts[3]}", $"{parts[0]}.{parts[1]}A.{parts[2]}.{parts[3]}", new string('a', 100_000), new string('.', 100_000),
        ];

        Assert.Equal(OpenStanding.Holds, (await _open.ReadAccessTokenAsync(token, default)).Standing);
        foreach (var text in wrong)
            Assert.Equal(default, await _open.ReadAccessTokenAsync(text, default));
    }

    [Fact]
    public async Task Each_text_is_read_as_what_it_is_for_alone()
    {
        var tokens = await TokensAsync("mainland");
        string[] all = [tokens.Access, tokens.Refresh!, tokens.SessionKey];

        foreach (var text in all)
        {
            Assert.Equal(text == tokens.Access, (await _open.ReadAccessTokenAsync(text, default)).Standing is OpenStanding.Holds);
            Assert.Equal(text == tokens.SessionKey, (await _open.ReadSessionKeyAsync(text, default)).Standing is OpenStanding.Holds);
            Assert.Equal(text == tokens.Refresh, await _open.OpenRefreshTokenAsync(text, default) is not null);
        }
    }

    [Fact]
    public async Task A_session_key_has_the_secret_that_came_with_it_and_every_other_another()
    {
        var (one, two) = (await TokensAsync("mainland"), await TokensAsync("mainland"));

        Assert.Equal(one.SessionSecret, _open.SecretOf(one.SessionKey));
        Assert.NotEqual(one.SessionSecret, two.SessionSecret);
        Assert.Matches("^[0-9a-f]{64}$", one.SessionSecret);
    }

    [Fact]
    public async Task Tokens_of_an_app_alone_have_nobody_and_no_refresh_token()
    {
        var tokens = await TokensAsync(user: null);

        var read = (await _open.ReadAccessTokenAsync(tokens.Access, default)).Credential!;
        Assert.Equal((CredentialKind.AppToken, 0L, "public"), (read.Kind, read.AccountId, read.Scopes));
        Assert.Null(tokens.Refresh);
        Assert.StartsWith("24.", tokens.Access);
        Assert.Equal(0, (await _open.ReadSessionKeyAsync(tokens.SessionKey, default)).Credential!.AccountId);
    }

    [Fact]
    public async Task What_is_revoked_or_expired_is_so_for_the_token_and_its_session_key()
    {
        var revoked = await TokensAsync("hongkong");
        await _revoker.RevokeGrantAsync((await _open.ReadAccessTokenAsync(revoked.Access, default)).Credential!, default);
        await ShouldStandAsync(OpenStanding.Revoked, revoked);

        var withdrawn = await TokensAsync("hongkong");
        await fixture.Server.Get<Withdrawal>().TryWithdrawAsync(900002, DemoData.Apps[0].ClientId, default);
        await ShouldStandAsync(OpenStanding.Revoked, withdrawn);

        var expired = await TokensAsync("hongkong", DemoData.Apps[1].ClientId);
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "P30D", client_id = DemoData.Apps[1].ClientId });
        await ShouldStandAsync(OpenStanding.Expired, expired);
        await fixture.Server.Http.DeleteAsync($"/sandbox/clock?client_id={DemoData.Apps[1].ClientId}");
        await ShouldStandAsync(OpenStanding.Holds, expired);
    }

    [Fact]
    public async Task A_revocation_that_memory_has_forgotten_still_counts()
    {
        var reader = fixture.Server.Get<CredentialReader>();
        var old = Sample(CredentialRealm.OpenApi, CredentialKind.AccessToken) with { ValidSince = DateTimeOffset.UtcNow.AddDays(-20) };
        Assert.True(await reader.HoldsAsync(old, default));

        await _revoker.RevokeGrantAsync(old, default);
        fixture.Server.Get<RevocationList>().Clear();

        Assert.False(await reader.HoldsAsync(old, default));
    }

    [Fact]
    public async Task A_revoked_grant_stays_so_as_long_as_its_refresh_token_could_live()
    {
        var sample = Sample(CredentialRealm.OpenApi, CredentialKind.RefreshToken);
        await _revoker.RevokeGrantAsync(sample, default);

        var row = Assert.Single(await fixture.Server.Get<IRevocationStore>().TouchingAsync(sample.AppId, sample.AccountId, sample.GrantId, default));
        Assert.True(row.KeepUntil > DateTimeOffset.UtcNow + fixture.Server.Get<IOptions<OpenGrantOptions>>().Value.RefreshTokenLifetime - TimeSpan.FromMinutes(1));
    }

    private async Task ShouldStandAsync(OpenStanding expected, Texts tokens)
    {
        Assert.Equal(expected, (await _open.ReadAccessTokenAsync(tokens.Access, default)).Standing);
        Assert.Equal(expected, (await _open.ReadSessionKeyAsync(tokens.SessionKey, default)).Standing);
    }

    private async Task<Texts> TokensAsync(string? user, long clientId = 100000001)
    {
        var response = await fixture.Server.Http.PostAsJsonAsync("/sandbox/tokens", new { surface = "open", client_id = clientId, user });
        var json = await response.JsonAsync();
        Assert.True(response.IsSuccessStatusCode, json.ToString());
        return new Texts(
            json.GetProperty("access_token").GetString()!, json.GetProperty("refresh_token").GetString(),
            json.GetProperty("session_key").GetString()!, json.GetProperty("session_secret").GetString()!);
    }

    private static Credential Sample(CredentialRealm realm, CredentialKind kind)
    {
        var now = DateTimeOffset.UtcNow;
        return new Credential(
            kind, AppId: 100000001, AccountId: 900003, Guid.NewGuid(), now, now, now.AddHours(1), "basic", PhoneId: null,
            kind is CredentialKind.Code ? CodeTerms.For("", "", null, null, isOffline: true) : null)
        { Realm = realm };
    }

    private sealed record Texts(string Access, string? Refresh, string SessionKey, string SessionSecret);
}
