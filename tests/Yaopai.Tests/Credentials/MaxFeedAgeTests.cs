using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Surfaces.HuaweiAccount;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Credentials;

/// <summary>A node that has not heard of the others for long.</summary>
public sealed class MaxFeedAgeTests(SharedServer fixture)
{
    [Theory]
    [InlineData(null, 3600, true)]
    [InlineData(10, 10, true)]
    [InlineData(10, 11, false)]
    [InlineData(10, null, false)]
    public async Task F9_what_is_too_old_is_not_trusted(int? most, int? age, bool trustsMemory)
    {
        var store = fixture.Server.Get<IRevocationStore>();
        var now = TimeProvider.System.GetUtcNow();
        var token = new Credential(
            CredentialKind.AccessToken, Samples.NewId(), Samples.NewId(), Guid.NewGuid(), now, now, now.AddHours(1), "", PhoneId: null)
        {
            Profile = fixture.Server.Get<HuaweiAccountProfile>().Credentials,
        };
        var (code, elsewhere) = (token with { Kind = CredentialKind.Code }, now.AddSeconds(1));
        await store.AddAsync(new Revocation(token.AppId, token.AccountId, Guid.Empty, elsewhere, now.AddDays(1)), default);
        var reader = new CredentialReader(
            fixture.Server.Get<CredentialSealer>(), new RevocationList(TimeProvider.System), store, new Feed(age),
            fixture.Server.Get<AppDirectory>(),
            Options.Create(new GrantOptions { MaxFeedAge = most is { } seconds ? TimeSpan.FromSeconds(seconds) : null }));

        Assert.Equal(trustsMemory, await reader.HoldsAsync(token, default));
        Assert.Equal(trustsMemory, await reader.GrantHoldsAsync(code, default));
    }

    private sealed class Feed(int? age) : IRevocationFeed
    {
        public TimeSpan? Age => age is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
    }
}
