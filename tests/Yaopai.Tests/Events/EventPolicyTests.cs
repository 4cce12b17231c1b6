using Yaopai.Server.Apps;
using Yaopai.Server.Events;
using Yaopai.Server.Surfaces.HuaweiAccount.Events;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>Which event an app is told of when something changes for a person, and in whose words.</summary>
public sealed class EventPolicyTests
{
    private static readonly SecurityEvents s_first = new(Samples.Identifiers, null!, null!, null!);
    private static readonly Silent s_second = new();
    private static readonly EventWriters s_writers = new([s_first, s_second]);
    private static readonly EventPolicy s_policy = new(s_writers);

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
    public void Which_scopes_show_a_number_is_said_by_the_surface_that_the_app_subscribed_to() =>
        Assert.Null(s_policy.KindFor(EventCause.PhoneChanged, s_second.Surface, SecurityEventKinds.All, ["phone"]));

    [Fact]
    public void An_app_that_does_not_want_to_hear_of_deleted_accounts_hears_that_its_tokens_are_revoked() =>
        Assert.Equal(
            SecurityEventKind.TokensRevoked, s_policy.KindFor(EventCause.AccountDeleted, null, [SecurityEventKind.TokensRevoked], []));

    [Fact]
    public void An_app_is_told_nothing_that_it_does_not_want() =>
        Assert.Null(s_policy.KindFor(
            EventCause.Revoked, null, [SecurityEventKind.PhoneModified, SecurityEventKind.AccountPurged], ["phone"]));

    [Fact]
    public void A_subscription_that_names_no_surface_is_of_the_first()
    {
        Assert.Same(s_first, s_writers.Find(null));
        Assert.Same(s_first, s_writers.Find(s_first.Surface));
        Assert.Same(s_second, s_writers.Find(s_second.Surface));
        Assert.Null(s_writers.Find("gone"));
        Assert.Null(new EventWriters([]).Find(null));
    }

    private static SecurityEventKind? KindFor(EventCause cause, params string[] scopes) =>
        s_policy.KindFor(cause, surface: null, SecurityEventKinds.All, scopes);

    /// <summary>A surface that shows no numbers.</summary>
    private sealed class Silent : IEventWriter
    {
        public string Surface => "silent";

        public IReadOnlyList<SecurityEventKind> Kinds => SecurityEventKinds.OfPeople;

        public bool ShowsPhone(IEnumerable<string> scopes) => false;

        public ValueTask<EventMessage> WriteAsync(SecurityEvent happened, App app, CancellationToken ct) =>
            throw new NotSupportedException();
    }
}
