using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Surfaces.HuaweiAccount.Events;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>Which event an app is told of when something changes for a person.</summary>
public sealed class EventPolicyTests
{
    private static readonly EventPolicy s_policy = new([new SecurityEvents(Samples.Identifiers, null!, null!, null!)]);

    [Fact]
    public void An_app_that_wants_everything_is_told_what_happened()
    {
        Assert.Equal(SecurityEventKind.TokensRevoked, KindFor(EventCause.Revoked, "openid"));
        Assert.Equal(SecurityEventKind.AccountPurged, KindFor(EventCause.AccountDeleted, "openid"));
    }

    [Theory]
    [InlineData("phone", true)]
    [InlineData("quickLoginMobilePhone", true)]
    [InlineData("quickLoginAnonymousPhone", true)]
    [InlineData("openid", false)]
    public void A_change_of_the_number_is_told_to_an_app_that_may_have_read_it(string scope, bool isTold) =>
        Assert.Equal(isTold ? SecurityEventKind.PhoneModified : null, KindFor(EventCause.PhoneChanged, "profile", scope));

    [Fact]
    public void An_app_that_does_not_want_to_hear_of_deleted_accounts_hears_that_its_tokens_are_revoked() =>
        Assert.Equal(SecurityEventKind.TokensRevoked, s_policy.KindFor(EventCause.AccountDeleted, [SecurityEventKind.TokensRevoked], []));

    [Fact]
    public void An_app_is_told_nothing_that_it_does_not_want() =>
        Assert.Null(s_policy.KindFor(EventCause.Revoked, [SecurityEventKind.PhoneModified, SecurityEventKind.AccountPurged], ["phone"]));

    private static SecurityEventKind? KindFor(EventCause cause, params string[] scopes) =>
        s_policy.KindFor(cause, SecurityEventKinds.All, scopes);
}
