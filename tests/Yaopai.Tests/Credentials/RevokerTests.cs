using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Stores;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Credentials;

/// <summary>A revocation kills what is made while it comes, and never more than is meant.</summary>
public sealed class RevokerTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Scope = "basic";
    private static readonly long s_app = DemoData.Apps[0].ClientId;

    private readonly Revoker _revoker = fixture.Server.Get<Revoker>();
    private readonly Withdrawal _withdrawal = fixture.Server.Get<Withdrawal>();
    private readonly CredentialReader _reader = fixture.Server.Get<CredentialReader>();
    private readonly CredentialIssuer _issuer = fixture.Server.Get<CredentialIssuer>();
    private readonly CredentialProfile _profile = fixture.Server.Get<OpenApiProfile>().Credentials;
    private readonly CredentialProfile _sessions = fixture.Server.Get<SessionProfile>().Credentials;
    private readonly HybridClock _clock = fixture.Server.Get<HybridClock>();
    private readonly IConsentStore _consents = fixture.Server.Get<IConsentStore>();

    private static DateTimeOffset WallClock => TimeProvider.System.GetUtcNow();

    private DateTimeOffset Now => _clock.Now;

    [Fact]
    public async Task A_sign_in_that_was_asked_for_before_the_password_changed_is_none()
    {
        var validSince = Now; // the old password is being looked at
        await _revoker.RevokeAccountAsync(900003, default);

        Assert.False(await HoldsAsync(_sessions, _issuer.Session(_sessions, 900003, Guid.NewGuid(), new IssuedOn(validSince, WallClock))));
        Assert.True(await HoldsAsync(_sessions, _issuer.Session(_sessions, 900003, Guid.NewGuid(), new IssuedOn(Now, WallClock))));
    }

    [Fact]
    public async Task A_code_and_what_comes_of_it_are_as_old_as_the_request_for_the_code()
    {
        await _consents.AddAsync(new Consent(900002, s_app, [Scope], null, WallClock), default);
        var on = new IssuedOn(Now, WallClock);
        await _withdrawal.TryWithdrawAsync(900002, s_app, default);

        var grant = new Grant(s_app, 900002, _issuer.NewId(), Scope);
        var code = await ReadAsync(_profile, _issuer.Code(_profile, grant, CodeTerms.For("", "", null, null, isOffline: true), on));
        var tokens = _issuer.Tokens(_profile, Grant.Of(code), on, withRefreshToken: true, secretWasShown: true);

        Assert.False(await _reader.GrantHoldsAsync(code, default));
        foreach (var text in new[] { tokens.AccessToken, tokens.RefreshToken!, tokens.SessionKey! })
        {
            Assert.False(await HoldsAsync(_profile, text));
            Assert.Equal(on.ValidSince, (await ReadAsync(_profile, text)).ValidSince);
        }
    }

    [Fact]
    public async Task Who_asked_while_the_revocation_was_being_stored_comes_too_late()
    {
        var clock = new FakeTimeProvider(Samples.Noon);
        var store = new Slow(fixture.Server.Get<IRevocationStore>(), clock);
        var list = new RevocationList(clock);
        var revoker = new Revoker(
            store, list, new HybridClock(clock, new ClockSkew(TimeSpan.Zero), store), clock, fixture.Server.Get<CredentialProfiles>());
        var account = Samples.NewId();

        await revoker.RevokeAccountAsync(account, default);

        var stored = Assert.Single(await store.TouchingAsync(0, account, Guid.Empty, default));
        Assert.Equal(store.SeenAt, stored.Before);
        Assert.True(list.IsRevoked(
            new Credential(CredentialKind.Session, 0, account, Guid.NewGuid(), store.SeenAt, default, default, "", null)
            {
                Profile = _sessions,
            }));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 0)]
    [InlineData(-1, 1)]
    public async Task What_stands_for_everybody_is_nobody_to_take_a_consent_from(long accountId, long appId)
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _withdrawal.TryWithdrawAsync(accountId, appId, default));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => _withdrawal.TryWithdrawAsync(accountId, appId, [Scope], default));
    }

    private async Task<Credential> ReadAsync(CredentialProfile profile, string text) =>
        (await _reader.ReadAsync(profile, text, default)).Credential!;

    private async Task<bool> HoldsAsync(CredentialProfile profile, string text) =>
        await _reader.HoldsAsync(await ReadAsync(profile, text), default);

    /// <summary>A second passes until others see what is stored.</summary>
    private sealed class Slow(IRevocationStore inner, FakeTimeProvider clock) : IRevocationStore
    {
        public DateTimeOffset SeenAt { get; private set; }

        public async Task AddForAccountAsync(Revocation revocation, CancellationToken ct)
        {
            await inner.AddForAccountAsync(revocation, ct);
            clock.Advance(TimeSpan.FromSeconds(1));
            SeenAt = clock.GetUtcNow();
        }

        public Task AddAsync(Revocation revocation, CancellationToken ct) => inner.AddAsync(revocation, ct);

        public Task<(IReadOnlyList<Revocation> Revocations, DateTimeOffset RecordedAt)> SinceAsync(
            DateTimeOffset recordedAt, CancellationToken ct) =>
            inner.SinceAsync(recordedAt, ct);

        public Task<DateTimeOffset?> LatestAsync(DateTimeOffset most, CancellationToken ct) => inner.LatestAsync(most, ct);

        public Task<IReadOnlyList<Revocation>> TouchingAsync(long appId, long accountId, Guid grantId, CancellationToken ct) =>
            inner.TouchingAsync(appId, accountId, grantId, ct);
    }
}
