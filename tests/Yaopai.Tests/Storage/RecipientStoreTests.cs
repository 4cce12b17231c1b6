using Yaopai.Server.Messages;
using Yaopai.Server.Storage.Sql.Messages;

namespace Yaopai.Tests.Storage;

public sealed class SqliteRecipientStoreTests(OnSqlite engine) : RecipientStoreContract(engine), IClassFixture<OnSqlite>
{
    private readonly OnSqlite _engine = engine;

    [Theory]
    [InlineData("SELECT user_id FROM member WHERE tenant_id = 1 AND user_id IN ('a', 'b') AND state <> 4")]
    [InlineData("SELECT department FROM membership WHERE tenant_id = 1 AND user_id = 'a'")]
    [InlineData("SELECT parent FROM department WHERE tenant_id = 1 AND number = 7")]
    [InlineData("SELECT role FROM member_role WHERE tenant_id = 1 AND user_id = 'a'")]
    public async Task Members_are_found_by_an_index(string select)
    {
        var plan = await _engine.Database.ReadAsync(session => session.ListAsync<QueryStep>($"EXPLAIN QUERY PLAN {select}"), default);

        Assert.StartsWith("SEARCH", Assert.Single(plan).Detail, StringComparison.Ordinal);
    }
}

public sealed class PostgresRecipientStoreTests(OnPostgres engine) : RecipientStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class RecipientStoreContract(Engine engine)
{
    private const long Open = 3, Closed = 4;

    private readonly SqlRecipientStore _recipients = new(engine.Database);
    private readonly long _tenant = Samples.NewId();

    [Fact]
    public async Task Members_who_are_not_closed_are_reached()
    {
        await AddAsync("ada");
        await AddAsync("bob", Closed);
        string[] many = [.. Enumerable.Range(0, 999).Select(number => $"user-{number}"), "bob", "ada"];

        Assert.Equal(["ada"], await _recipients.ReachableAsync(_tenant, many, default));
        Assert.Empty(await _recipients.ReachableAsync(Samples.NewId(), many, default));
        Assert.Empty(await _recipients.ReachableAsync(_tenant, [], default));
    }

    [Fact]
    public async Task A_member_belongs_to_the_tenant_its_departments_those_above_them_and_roles()
    {
        await AddAsync("ada");
        await RunAsync("INSERT INTO department (tenant_id, number, parent, name, name_en, position, visible_range, created_at, changed_at) "
            + "VALUES (@tenant, 1, 0, 'a', 'a', 1, 1, 0, 0), (@tenant, 2, 1, 'b', 'b', 1, 1, 0, 0), (@tenant, 3, 1, 'c', 'c', 1, 1, 0, 0)");
        await RunAsync("INSERT INTO membership (tenant_id, user_id, department, position, is_main) VALUES (@tenant, 'ada', 2, 1, 1)");
        await RunAsync("INSERT INTO member_role (tenant_id, role, user_id) VALUES (@tenant, 9, 'ada')");

        var belongings = await _recipients.BelongingsAsync(_tenant, "ada", default);

        Assert.Equal(
            new[] { Audience.Members, new(AudienceKind.Department, "1"), new(AudienceKind.Department, "2"), new(AudienceKind.Role, "9") },
            belongings.Select(one => one.Audience).OrderBy(one => one.Kind).ThenBy(one => one.Key));
        Assert.Equal(Samples.Noon, belongings.Single(one => one.Audience == Audience.Members).Since);
        Assert.Empty(await _recipients.BelongingsAsync(_tenant, "bob", default));
    }

    private Task<int> AddAsync(string userId, long state = Open) => RunAsync(
        "INSERT INTO member (tenant_id, user_id, corp_user_id, name, name_en, sex, state, is_admin, account_id, owns_account, details, "
        + "created_at, changed_at) VALUES (@tenant, @userId, @userId, 'n', 'n', 0, @state, 0, NULL, 0, '{}', @noon, @noon)",
        userId, state);

    private Task<int> RunAsync(string sql, string userId = "", long state = 0) => engine.Database.WriteAsync(
        session => session.ExecuteAsync(sql, new { tenant = _tenant, userId, state, noon = Samples.Noon.ToUnixTimeMilliseconds() }),
        default);
}
