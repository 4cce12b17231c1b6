using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Events;
using Yaopai.Server.Queues;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin;

public sealed class OnSqliteAppEventVerbsTests(SqliteDesk desk) : AppEventVerbsTests(desk), IClassFixture<SqliteDesk>;

public sealed class OnPostgresAppEventVerbsTests(PostgresDesk desk) : AppEventVerbsTests(desk), IClassFixture<PostgresDesk>;

public abstract class AppEventVerbsTests(Desk desk)
{
    private const string Address = "https://app.example/events";

    private readonly Operator _operator = desk.Operator;

    private SqlEventStore Events => new(desk.Engine.Database);

    [Fact]
    public async Task A_callback_hears_of_everything_or_of_what_is_named_until_it_is_cleared()
    {
        var id = Operator.Id(await _operator.NewAppAsync());
        var app = long.Parse(id);

        await _operator.AskAsync("app", "events", "set", id, "--callback", Address);
        var stored = (await new SqlAppStore(desk.Engine.Database).FindAsync(app, default))!;
        Assert.Equal((Address, 3), (stored.EventCallback, stored.EventKinds.Count));

        var changed = await _operator.AskAsync(
            "app", "events", "set", id, "--callback", Address, "--kinds", "account-purged", "--kinds", "tokens-revoked");
        Assert.Equal(
            ["tokens-revoked", "account-purged"], changed.GetProperty("event_kinds").EnumerateArray().Select(kind => kind.GetString()));
        Assert.Equal(Address, (await _operator.AskAsync("app", "show", id)).GetProperty("event_callback").GetString());

        await _operator.AskAsync("app", "events", "clear", id);
        stored = (await new SqlAppStore(desk.Engine.Database).FindAsync(app, default))!;
        Assert.Null(stored.EventCallback);
        Assert.Empty(stored.EventKinds);
    }

    [Fact]
    public async Task An_app_may_name_the_surface_whose_events_it_hears()
    {
        var id = Operator.Id(await _operator.NewAppAsync());

        var named = await _operator.AskAsync("app", "events", "set", id, "--callback", Address, "--surface", "huawei");
        var unknown = await _operator.RunAsync("app", "events", "set", id, "--callback", Address, "--surface", "nowhere");

        Assert.Equal("huawei", named.GetProperty("event_surface").GetString());
        Assert.Equal(2, unknown.ExitCode);
        Assert.Contains("--surface must be one of huawei", unknown.Error, StringComparison.Ordinal);

        await _operator.AskAsync("app", "events", "set", id, "--callback", Address);
        Assert.Null((await new SqlAppStore(desk.Engine.Database).FindAsync(long.Parse(id), default))!.EventSurface);
    }

    [Fact]
    public async Task What_was_given_up_is_listed_and_tried_again()
    {
        var (app, leased) = await GivenUpAsync();
        var jti = leased.Event.Name;

        var dead = Assert.Single((await _operator.AskAsync("app", "events", "list", app, "--state", "dead")).EnumerateArray());
        Assert.Equal((jti, "tokens-revoked", "dead", "HTTP 500"), (dead.GetProperty("jti").GetString(),
            dead.GetProperty("event").GetString(), dead.GetProperty("state").GetString(), dead.GetProperty("last_answer").GetString()));
        Assert.Contains("HTTP 500", (await _operator.RunAsync("app", "events", "list", app)).Output, StringComparison.Ordinal);

        Assert.Equal(1, (await _operator.AskAsync("app", "events", "retry", app, jti)).GetProperty("due").GetInt32());
        Assert.Empty((await _operator.AskAsync("app", "events", "list", app, "--state", "dead")).EnumerateArray());
        Assert.Single((await _operator.AskAsync("app", "events", "list", app, "--state", "waiting")).EnumerateArray());
        Assert.Equal(1, (await _operator.AskAsync("app", "events", "retry", app)).GetProperty("due").GetInt32());
    }

    [Fact]
    public async Task An_event_that_is_not_there_is_refused()
    {
        var id = Operator.Id(await _operator.NewAppAsync());

        var absent = await _operator.RunAsync("app", "events", "retry", id, new string('a', 32));
        var malformed = await _operator.RunAsync("app", "events", "retry", id, "x");
        var noApp = await _operator.RunAsync("app", "events", "list", "5");

        Assert.Equal((1, 2, 1), (absent.ExitCode, malformed.ExitCode, noApp.ExitCode));
        Assert.Contains("has no such undelivered event", absent.Error, StringComparison.Ordinal);
        Assert.Contains("32 hexadecimal digits", malformed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_person_who_changes_the_password_is_told_of_to_the_apps_in_question()
    {
        var app = await SubscribedAsync();
        var user = Operator.Id(await _operator.NewUserAsync());
        await new SqlConsentStore(desk.Engine.Database, Samples.Identifiers)
            .PutAsync(new Consent(long.Parse(user), long.Parse(app), ["openid"], null, Samples.Noon), default);

        await _operator.AskAsync("user", "change", user, "--password", "correct horse");

        Assert.Equal(SecurityEventKind.TokensRevoked, Assert.Single(await Events.ListAsync(long.Parse(app), null, 9, default)).Event.Kind);
    }

    [Fact]
    public async Task A_deleted_user_is_gone_and_told_of()
    {
        var app = await SubscribedAsync();
        var user = await _operator.NewUserAsync();
        var (id, name) = (Operator.Id(user), user.GetProperty("name").GetString()!);
        await new SqlConsentStore(desk.Engine.Database, Samples.Identifiers)
            .PutAsync(new Consent(long.Parse(id), long.Parse(app), ["openid"], null, Samples.Noon), default);

        var deleted = await _operator.AskAsync("user", "delete", name);
        var again = await _operator.RunAsync("user", "delete", name);

        Assert.Equal("deleted", deleted.GetProperty("state").GetString());
        Assert.Equal(1, again.ExitCode);
        Assert.Null(await new SqlAccountStore(desk.Engine.Database).FindAsync(long.Parse(id), default));
        Assert.Equal(SecurityEventKind.AccountPurged, Assert.Single(await Events.ListAsync(long.Parse(app), null, 9, default)).Event.Kind);
    }

    private async Task<string> SubscribedAsync()
    {
        var app = Operator.Id(await _operator.NewAppAsync());
        await _operator.AskAsync("app", "events", "set", app, "--callback", Address);
        return app;
    }

    private async Task<(string App, LeasedEvent Leased)> GivenUpAsync()
    {
        var app = await SubscribedAsync();
        var consents = new SqlConsentStore(desk.Engine.Database, Samples.Identifiers);
        await consents.PutAsync(new Consent(7, long.Parse(app), ["openid"], null, Samples.Noon), default);
        await consents.TryWithdrawAsync(new Revocation(long.Parse(app), 7, Guid.Empty, Samples.Noon, Samples.Noon.AddHours(2)), default);
        var leased = await Events.LeaseAsync(
            long.Parse(app), new LeaseTerms(Samples.Noon, TimeSpan.FromMinutes(1), TimeSpan.FromDays(1), TimeSpan.FromHours(1)), default);
        await Events.FailedAsync(leased!, "HTTP 500", nextTryAt: null, default);
        return (app, leased!);
    }
}
