using Yaopai.Server.Messages;
using Yaopai.Server.Storage.Sql.Messages;

namespace Yaopai.Tests.Storage;

public sealed class SqliteMessageStoreTests(OnSqlite engine) : MessageStoreContract(engine), IClassFixture<OnSqlite>
{
    private readonly OnSqlite _engine = engine;

    [Theory]
    [InlineData("SELECT message_id FROM message_inbox WHERE tenant_id = 1 AND user_id = 'u' AND message_id < 9 ORDER BY message_id DESC")]
    [InlineData("SELECT message_id FROM message_broadcast WHERE tenant_id = 1 AND audience_kind = 1 AND audience_key = 'a' "
        + "AND message_id >= 3 AND message_id < 9 ORDER BY message_id DESC")]
    [InlineData("SELECT id FROM message WHERE tenant_id = 1 AND id IN (1, 2) ORDER BY id DESC")]
    [InlineData("SELECT user_id FROM public_account_follow WHERE tenant_id = 1 AND user_id IN ('u', 'v') AND account_id = 'a'")]
    public async Task An_inbox_is_read_by_index_ranges(string select)
    {
        var plan = await _engine.Database.ReadAsync(session => session.ListAsync<QueryStep>($"EXPLAIN QUERY PLAN {select}"), default);

        Assert.StartsWith("SEARCH", Assert.Single(plan).Detail, StringComparison.Ordinal);
    }
}

public sealed class PostgresMessageStoreTests(OnPostgres engine) : MessageStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class MessageStoreContract(Engine engine)
{
    private readonly SqlMessageStore _messages = new(engine.Database);
    private readonly SqlPublicAccountStore _accounts = new(engine.Database);
    private readonly SqlFollowStore _follows = new(engine.Database);
    private readonly long _tenant = Samples.NewId();

    [Fact]
    public async Task A_tenant_has_a_public_account_of_an_id_once()
    {
        var news = new PublicAccount(_tenant, "news", "公司新闻", Samples.Noon);

        Assert.True(await _accounts.TryAddAsync(news, default));
        Assert.False(await _accounts.TryAddAsync(news with { Name = "other" }, default));
        Assert.True(await _accounts.TryAddAsync(news with { Id = "canteen" }, default));

        Assert.Equal(news, await _accounts.FindAsync(_tenant, "news", default));
        Assert.Null(await _accounts.FindAsync(Samples.NewId(), "news", default));
        Assert.Equal(["canteen", "news"], (await _accounts.ListAsync(_tenant, "", 9, default)).Select(one => one.Id));
        Assert.Equal(["news"], (await _accounts.ListAsync(_tenant, "canteen", 9, default)).Select(one => one.Id));
        Assert.Equal(["canteen"], (await _accounts.ListAsync(_tenant, "", 1, default)).Select(one => one.Id));
    }

    [Fact]
    public async Task Members_follow_an_account_that_is_there_once()
    {
        var follow = new Follow(_tenant, "news", "ada", Samples.Noon);
        Assert.False(await _follows.TryAddAsync(follow, default)); // the account is not there
        await _accounts.TryAddAsync(new(_tenant, "news", "News", Samples.Noon), default);

        Assert.True(await _follows.TryAddAsync(follow, default));
        Assert.False(await _follows.TryAddAsync(follow, default));
        Assert.False(await _follows.TryAddAsync(follow with { TenantId = Samples.NewId() }, default));

        Assert.Equal([follow], await _follows.OfAsync(_tenant, "ada", default));
        string[] many = [.. Users(1000), "ada"];
        Assert.Equal(["ada"], await _follows.AmongAsync(_tenant, "news", many, default));
        Assert.True(await _follows.TryRemoveAsync(_tenant, "news", "ada", default));
        Assert.False(await _follows.TryRemoveAsync(_tenant, "news", "ada", default));
        Assert.Empty(await _follows.AmongAsync(_tenant, "news", many, default));
    }

    [Fact]
    public async Task A_member_follows_no_more_than_are_read_with_an_inbox()
    {
        for (var at = 0; at <= Follow.Most; at++)
        {
            await _accounts.TryAddAsync(new(_tenant, $"{at}", "One", Samples.Noon), default);
            Assert.Equal(at < Follow.Most, await _follows.TryAddAsync(new(_tenant, $"{at}", "ada", Samples.Noon), default));
        }
    }

    [Fact]
    public async Task Each_of_a_thousand_who_are_named_has_the_message()
    {
        var message = NewMessage(1);
        Assert.True(await _messages.TryAddAsync(message, Recipients.Of(Users(1000)), default));

        foreach (var user in new[] { "user-0", "user-99", "user-100", "user-999" })
            Assert.Equal([new InboxItem(message, message.Status)], await InboxAsync(user));
        Assert.Empty(await InboxAsync("user-1000"));
        Assert.Empty(await _messages.ListAsync(Samples.NewId(), "user-0", [], long.MaxValue, 9, default));
        Assert.Equal(message, await _messages.FindAsync(_tenant, message.Id, default));
        Assert.Null(await _messages.FindAsync(Samples.NewId(), message.Id, default));
    }

    [Fact]
    public async Task Of_a_message_that_is_not_stored_nobody_has_anything()
    {
        var message = NewMessage(1);
        await _messages.TryAddAsync(message, Recipients.Of(["ada"]), default);

        Assert.False(await _messages.TryAddAsync(message, new(["bob"], [Audience.Members]), default));

        Assert.Empty(await InboxAsync("bob", Audience.Members));
    }

    [Fact]
    public async Task An_inbox_is_what_came_to_a_member_and_to_the_audiences_of_theirs_page_by_page()
    {
        var (department, news) = (new Audience(AudienceKind.Department, "17"), Audience.FollowersOf("news"));
        await AddAsync(1, ["ada"]);
        await AddAsync(2, [], Audience.Members);
        await AddAsync(3, ["bob"], department);
        await AddAsync(4, ["ada"], news, department); // three ways, and yet once
        await AddAsync(5, [], new Audience(AudienceKind.Department, "18"));
        await AddAsync(6, ["ada"]);

        Assert.Equal([6, 4, 3, 2, 1], await IdsAsync("ada", 9, long.MaxValue));
        Assert.Equal([6, 4], await IdsAsync("ada", 2, long.MaxValue));
        Assert.Equal([3, 2], await IdsAsync("ada", 2, before: At(4)));
        Assert.Equal([1], await IdsAsync("ada", 2, before: At(2)));

        async Task<IEnumerable<long>> IdsAsync(string userId, int take, long before)
        {
            Belonging[] all = [.. new[] { Audience.Members, department, news }.Select(one => new Belonging(one, DateTimeOffset.UnixEpoch))];
            return (await _messages.ListAsync(_tenant, userId, all, before, take, default)).Select(item => NumberOf(item.Message.Id));
        }
    }

    [Fact]
    public async Task What_was_sent_before_somebody_belonged_to_an_audience_is_not_theirs()
    {
        await AddAsync(1, [], Audience.Members);
        await AddAsync(2, [], Audience.Members);

        var inbox = await _messages.ListAsync(
            _tenant, "ada", [new(Audience.Members, Samples.Noon.AddMinutes(2))], long.MaxValue, 9, default);

        Assert.Equal(At(2), Assert.Single(inbox).Message.Id);
    }

    [Fact]
    public async Task A_status_changes_for_all_or_for_some_and_by_its_app_alone()
    {
        await AddAsync(1, ["ada", "bob"]);
        var (green, red) = (new MessageStatus("approved", "#00ff00"), new MessageStatus("late", "#ff0000"));

        Assert.False(await _messages.TryChangeStatusAsync(_tenant, 8, At(1), green, [], default));
        Assert.False(await _messages.TryChangeStatusAsync(Samples.NewId(), 7, At(1), green, [], default));
        Assert.False(await _messages.TryChangeStatusAsync(_tenant, 7, At(2), green, [], default));
        Assert.True(await _messages.TryChangeStatusAsync(_tenant, 7, At(1), green, [], default));
        Assert.True(await _messages.TryChangeStatusAsync(_tenant, 7, At(1), red, ["bob", "eve"], default));

        Assert.Equal(green, Assert.Single(await InboxAsync("ada")).Status);
        Assert.Equal(red, Assert.Single(await InboxAsync("bob")).Status);
        Assert.Empty(await InboxAsync("eve")); // to be named here makes nobody a recipient
    }

    [Fact]
    public async Task What_was_taken_back_says_nothing_any_more_and_is_taken_back_once()
    {
        await AddAsync(1, ["ada"]);
        await _messages.TryChangeStatusAsync(_tenant, 7, At(1), new("late", "red"), ["ada"], default);

        Assert.False(await _messages.TryRecallAsync(_tenant, 8, At(1), Samples.Noon, default));
        Assert.True(await _messages.TryRecallAsync(_tenant, 7, At(1), Samples.Noon.AddDays(1), default));
        Assert.False(await _messages.TryRecallAsync(_tenant, 7, At(1), Samples.Noon.AddDays(2), default));
        Assert.False(await _messages.TryChangeStatusAsync(_tenant, 7, At(1), new("late", "red"), [], default));

        var (message, status) = Assert.Single(await InboxAsync("ada"));
        Assert.Equal((Bilingual.None, Bilingual.None, "{}", MessageStatus.None), (message.Title, message.Content, message.Details, status));
        Assert.Equal(Samples.Noon.AddDays(1), message.RecalledAt);
    }

    private static IEnumerable<string> Users(int count) => Enumerable.Range(0, count).Select(number => $"user-{number}");

    private static long At(int number) => MessageIds.FirstAt(Samples.Noon.AddMinutes(number));

    private static long NumberOf(long id) => (id - MessageIds.FirstAt(Samples.Noon)) / (At(1) - At(0));

    private Task<IReadOnlyList<InboxItem>> InboxAsync(string userId, params Audience[] audiences) => _messages.ListAsync(
        _tenant, userId, [.. audiences.Select(one => new Belonging(one, DateTimeOffset.UnixEpoch))], long.MaxValue, 9, default);

    private async Task AddAsync(int number, string[] userIds, params Audience[] audiences) =>
        Assert.True(await _messages.TryAddAsync(NewMessage(number), new(userIds, audiences), default));

    private Message NewMessage(int number) => new()
    {
        TenantId = _tenant,
        Id = At(number),
        AppId = 7,
        PublicAccountId = "news",
        Kind = MessageKind.Card,
        Owner = "Desk",
        Title = new("标题", "Title"),
        Content = new("正文", "Content"),
        Details = """{"urlPath":"https://app.example/"}""",
        Status = new("open", "blue"),
        SentAt = Samples.Noon,
    };
}
