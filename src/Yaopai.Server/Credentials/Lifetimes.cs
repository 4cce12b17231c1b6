using Microsoft.Extensions.Options;

namespace Yaopai.Server.Credentials;

/// <summary>How long the credentials of one realm live.</summary>
internal sealed record Lifetimes(TimeSpan Code, TimeSpan AccessToken, TimeSpan RefreshToken, TimeSpan DeviceCode, TimeSpan UserCode, TimeSpan PollInterval);

/// <summary>The lifetimes of every realm.</summary>
internal sealed class RealmLifetimes(IOptions<GrantOptions> huawei, IOptions<OpenGrantOptions> open)
{
    private readonly Lifetimes _huawei = new(
        huawei.Value.CodeLifetime, huawei.Value.AccessTokenLifetime, huawei.Value.RefreshTokenLifetime,
        huawei.Value.DeviceCodeLifetime, huawei.Value.UserCodeLifetime, huawei.Value.DevicePollInterval);

    private readonly Lifetimes _open = new(
        open.Value.CodeLifetime, open.Value.AccessTokenLifetime, open.Value.RefreshTokenLifetime,
        open.Value.DeviceCodeLifetime, open.Value.DeviceCodeLifetime, open.Value.DevicePollInterval);

    public Lifetimes this[CredentialRealm realm] => realm is CredentialRealm.OpenApi ? _open : _huawei;

    /// <summary>What is revoked for all realms may meet the one that lives longest.</summary>
    public TimeSpan LongestRefreshToken => _open.RefreshToken > _huawei.RefreshToken ? _open.RefreshToken : _huawei.RefreshToken;
}
