using System.Net.Http.Json;
using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Credentials;

/// <summary>A credential is for one surface, and says nothing to any other.</summary>
public sealed class RealmTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly CredentialSealer _sealer = fixture.Server.Get<CredentialSealer>();
    private readonly CredentialReader _reader = fixture.Server.Get<CredentialReader>();
    private readonly SessionSecrets _secrets = fixture.Server.Get<SessionSecrets>();
    private readonly CredentialProfile _open = fixture.Server.Get<OpenApiProfile>().Credentials;
    private readonly IReadOnlyList<CredentialProfile> _profiles = [.. fixture.Server.GetAll<CredentialProfile>()];
    private readonly Revoker _revoker = fixture.Server.Get<Revoker>();

    [Fact]
    public async Task What_is_sealed_for_one_profile_opens_for_no_other()
    {
        foreach (var profile in _profiles)
        {
            foreach (var kind in Enum.GetValues<CredentialKind>())
                await AssertIsOfItsProfileAloneAsync(profile, kind);
        }
    }

    private async Task AssertIsOfItsProfileAloneAsync(CredentialProfile profile, CredentialKind kind)
    {
        var text = _sealer.Seal(Sample(profile, kind));

        foreach (var asked in _profiles)
        {
            foreach (var spelled in new[]
            {
                text, text.Replace('-', '+').Replace('_', '/'), text.Replace('+', '-').Replace('/', '_').TrimEnd('=')
            })
            {
                var (_, credential) = await _sealer.UnsealAsync(asked, spelled, default);
                Assert.True(
                    credential is null || (asked == profile && spelled == text && credential.Profile == profile && credential.Kind == kind),
                    $"{asked.Realm} {spelled}");
            }
        }

        Assert.Equal(profile.Kinds.Contains(kind), (await _sealer.UnsealAsync(profile, text, default)).Credential is not null);
    }

    [Fact]
    public async Task Neither_tickets_nor_credentials_are_taken_for_the_other()
    {
        var tickets = fixture.Server.Get<Tickets>();
        var clock = fixture.Server.Get<IAppClock>();
        var ticket = tickets.Seal(Interaction.OfOwnPage("/account", clock.Now));
        foreach (var profile in _profiles)
        {
            Assert.Null((await _sealer.UnsealAsync(profile, ticket, default)).Credential);
            Assert.Null(await tickets.UnsealAsync<Interaction>(_sealer.Seal(Sample(profile, CredentialKind.Code)), default));
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
            token.Replace("21.", "22."), token.Replace("21.", "24."), token.Replace(".2592000.", ".2592001."),
            token.Replace(".2592000.", ".02592000."),
            token.Replace("-900001-", "-900002-"), token.Replace("-100000001", "-100000002"), token.Replace("-900001-", "--"),
            $"{parts[0]}.{parts[1]}=.{parts[2]}.{parts[3]}", $"{parts[0]}.{parts[1]}A.{parts[2]}.{parts[3]}", new string('a', 100_000),
            new string('.', 100_000),
        ];

        Assert.Equal(CredentialStatus.Valid, (await ReadAsync(token)).Status);
        foreach (var text in wrong)
            Assert.Null((await ReadAsync(text)).Credential);
    }

    [Fact]
    public async Task Each_text_is_read_as_what_it_is_for_alone()
    {
        var tokens = await TokensAsync("mainland");
        string[] all = [tokens.Access, tokens.Refresh!, tokens.SessionKey];

        foreach (var text in all)
        {
            var kind = (await ReadAsync(text)).Credential!.Kind;
            Assert.Equal(text == tokens.Access, kind is CredentialKind.AccessToken);
            Assert.Equal(text == tokens.SessionKey, kind is CredentialKind.SessionKey);
            Assert.Equal(text == tokens.Refresh, kind is CredentialKind.RefreshToken);
        }
    }

    [Fact]
    public async Task A_session_key_has_the_secret_that_came_with_it_and_every_other_another()
    {
        var (one, two) = (await TokensAsync("mainland"), await TokensAsync("mainland"));

        Assert.Equal(one.SessionSecret, _secrets.Of(one.SessionKey));
        Assert.NotEqual(one.SessionSecret, two.SessionSecret);
        Assert.Matches("^[0-9a-f]{64}$", one.SessionSecret);
    }

    [Fact]
    public async Task Tokens_of_an_app_alone_have_nobody_and_no_refresh_token()
    {
        var tokens = await TokensAsync(user: null);

        var read = (await ReadAsync(tokens.Access)).Credential!;
        Assert.Equal((CredentialKind.AppToken, 0L, "public"), (read.Kind, read.AccountId, read.Scopes));
        Assert.Null(tokens.Refresh);
        Assert.StartsWith("24.", tokens.Access);
        Assert.Equal(0, (await ReadAsync(tokens.SessionKey)).Credential!.AccountId);
    }

    [Fact]
    public async Task What_is_revoked_or_expired_is_so_for_the_token_and_its_session_key()
    {
        var revoked = await TokensAsync("hongkong");
        await _revoker.RevokeGrantAsync((await ReadAsync(revoked.Access)).Credential!, default);
        await ShouldStandAsync(CredentialStatus.Revoked, revoked);

        var withdrawn = await TokensAsync("hongkong");
        await fixture.Server.Get<Withdrawal>().TryWithdrawAsync(900002, DemoData.Apps[0].ClientId, default);
        await ShouldStandAsync(CredentialStatus.Revoked, withdrawn);

        var expired = await TokensAsync("hongkong", DemoData.Apps[1].ClientId);
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = "P30D", client_id = DemoData.Apps[1].ClientId });
        await ShouldStandAsync(CredentialStatus.Expired, expired);
        await fixture.Server.Http.DeleteAsync($"/sandbox/clock?client_id={DemoData.Apps[1].ClientId}");
        await ShouldStandAsync(CredentialStatus.Valid, expired);
    }

    [Fact]
    public async Task A_revocation_that_memory_has_forgotten_still_counts()
    {
        var old = Sample(_open, CredentialKind.AccessToken) with { ValidSince = DateTimeOffset.UtcNow.AddDays(-20) };
        Assert.True(await _reader.HoldsAsync(old, default));

        await _revoker.RevokeGrantAsync(old, default);
        fixture.Server.Get<RevocationList>().Clear();

        Assert.False(await _reader.HoldsAsync(old, default));
    }

    [Fact]
    public async Task A_revoked_grant_stays_so_as_long_as_its_refresh_token_could_live()
    {
        var sample = Sample(_open, CredentialKind.RefreshToken);
        await _revoker.RevokeGrantAsync(sample, default);

        var row = Assert.Single(
            await fixture.Server.Get<IRevocationStore>().TouchingAsync(sample.AppId, sample.AccountId, sample.GrantId, default));
        Assert.True(row.KeepUntil > DateTimeOffset.UtcNow + fixture.Server.Get<IOptions<OpenApiGrantOptions>>()
            .Value.RefreshTokenLifetime - TimeSpan.FromMinutes(1));
    }

    private async Task<ApiCredential> ReadAsync(string text)
    {
        if ((await _reader.ReadAsync(_open, text, default)).Credential is not { } credential)
            return default;

        var status = credential.IsExpiredAt(fixture.Server.Get<IAppClock>().NowFor(credential.AppId)) ? CredentialStatus.Expired
            : await _reader.HoldsAsync(credential, default) ? CredentialStatus.Valid
            : CredentialStatus.Revoked;
        return new ApiCredential(status, credential);
    }

    private async Task ShouldStandAsync(CredentialStatus expected, Texts tokens)
    {
        Assert.Equal(expected, (await ReadAsync(tokens.Access)).Status);
        Assert.Equal(expected, (await ReadAsync(tokens.SessionKey)).Status);
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

    private static Credential Sample(CredentialProfile profile, CredentialKind kind)
    {
        var now = DateTimeOffset.UtcNow;
        return new Credential(
            kind, AppId: 100000001, AccountId: 900003, Guid.NewGuid(), now, now, now.AddHours(1), "basic", PhoneId: null,
            kind is CredentialKind.Code ? CodeTerms.For("", "", null, null, isOffline: true) : null)
        { Profile = profile };
    }

    private sealed record Texts(string Access, string? Refresh, string SessionKey, string SessionSecret);
}
