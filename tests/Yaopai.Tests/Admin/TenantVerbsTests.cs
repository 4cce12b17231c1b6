using System.Text.Json;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Sql.Organisations;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin;

public sealed class TenantVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task A_tenant_is_shown_as_it_was_made_by_16_digits()
    {
        var domain = $"d{Guid.NewGuid():n}";
        var made = await _operator.AskAsync("tenant", "create", "--name", "腰牌公司", "--name-en", "Yaopai", "--domain", domain,
            "--contact", "张三", "--scale", "51-100", "--registered", "70", "--type", "2",
            "--licensed-from", "2026-01-31", "--licensed-until", "2027-01-31T08:00:00Z");
        var shown = await _operator.AskAsync("tenant", "show", Operator.TenantId(made));

        Assert.Matches("^[0-9A-F]{16}$", Operator.TenantId(made));
        Assert.Equal($"{made}", $"{shown}");
        Assert.Equal(
            ("腰牌公司", "Yaopai", domain, "张三", "51-100"),
            (Text(shown, "name"), Text(shown, "name_en"), Text(shown, "domain"), Text(shown, "contact"), Text(shown, "scale")));
        Assert.Equal((70, 2), (shown.GetProperty("registered").GetInt32(), shown.GetProperty("type").GetInt32()));
        Assert.Equal(
            ("2026-01-31T00:00:00Z", "2027-01-31T08:00:00Z"), (Text(shown, "licensed_from"), Text(shown, "licensed_until")));
    }

    [Fact]
    public async Task A_change_leaves_what_is_not_named_and_an_empty_text_takes_away()
    {
        var id = Operator.TenantId(await _operator.NewTenantAsync("--contact", "张三", "--scale", "1-50", "--licensed-until", "2027-01-31"));

        var changed = await _operator.AskAsync("tenant", "change", id, "--name", "新", "--contact", "", "--licensed-until", "");
        var shown = await _operator.AskAsync("tenant", "show", id);

        Assert.Equal($"{changed}", $"{shown}");
        Assert.Equal(("新", "Company", "1-50"), (Text(shown, "name"), Text(shown, "name_en"), Text(shown, "scale")));
        Assert.Equal((null, null), (Text(shown, "contact"), Text(shown, "licensed_until")));
    }

    [Fact]
    public async Task A_disabled_tenant_stays_so_since_then_until_it_is_enabled()
    {
        var id = Operator.TenantId(await _operator.NewTenantAsync());
        var disabled = await _operator.AskAsync("tenant", "disable", id);
        var again = await _operator.AskAsync("tenant", "disable", id);
        var enabled = await _operator.AskAsync("tenant", "enable", id);

        Assert.Equal("disabled", Text(disabled, "state"));
        Assert.Equal(Text(disabled, "disabled_at"), Text(again, "disabled_at"));
        Assert.Equal(("enabled", null), (Text(enabled, "state"), Text(enabled, "disabled_at")));
    }

    [Fact]
    public async Task Pages_of_tenants_follow_one_another()
    {
        var made = new HashSet<string>();
        for (var i = 0; i < 5; i++)
            made.Add(Operator.TenantId(await _operator.NewTenantAsync()));

        Assert.Superset(made, (await PagesAsync("tenant", "list", "--take", "2")).ToHashSet());
    }

    [Fact]
    public async Task An_app_has_one_home_and_that_of_an_ISV_other_subscribers()
    {
        var (home, other) = (await _operator.NewTenantAsync(), await _operator.NewTenantAsync());
        var app = Operator.Id(await _operator.NewAppAsync());
        var (homeId, otherId) = (Operator.TenantId(home), Operator.TenantId(other));

        var housed = await _operator.AskAsync("tenant", "home", app, "--tenant", homeId, "--isv");
        var subscribed = await _operator.AskAsync("tenant", "subscribe", otherId, app);
        var again = await _operator.AskAsync("tenant", "subscribe", otherId, app);
        var ended = await _operator.AskAsync("tenant", "unsubscribe", otherId, app);
        var endedAgain = await _operator.AskAsync("tenant", "unsubscribe", otherId, app);

        Assert.Equal((homeId, true), (Text(housed, "tenant"), housed.GetProperty("isv").GetBoolean()));
        Assert.Equal([true, false, true, false], new[] { subscribed, again, ended, endedAgain }
            .Select(answer => answer.GetProperty("changed").GetBoolean()));
    }

    [Fact]
    public async Task A_member_administers_the_tenant_until_it_is_withdrawn()
    {
        var id = Operator.TenantId(await _operator.NewTenantAsync());
        var tenant = (await new SqlTenantStore(desk.Engine.Database).FindAsync(Convert.ToInt64(id, 16), default))!;
        var member = Samples.NewMember(tenant);
        var members = new SqlMemberStore(desk.Engine.Database);
        Assert.Equal(MemberOutcome.Done, await members.PutAsync(member, default));

        var granted = await _operator.AskAsync("tenant", "admin", "grant", id, member.UserId);
        var again = await _operator.AskAsync("tenant", "admin", "grant", id, member.UserId);
        Assert.True((await members.FindAsync(tenant.Id, MemberKey.UserId, member.UserId, default))!.IsAdmin);
        var withdrawn = await _operator.AskAsync("tenant", "admin", "withdraw", id, member.UserId);
        Assert.False((await members.FindAsync(tenant.Id, MemberKey.UserId, member.UserId, default))!.IsAdmin);

        Assert.Equal([true, false, true], new[] { granted, again, withdrawn }
            .Select(answer => answer.GetProperty("changed").GetBoolean()));
        Assert.Equal((member.Name, id), (Text(granted, "name"), Text(granted, "tenant")));
    }

    [Fact]
    public async Task Public_accounts_are_those_of_their_tenant()
    {
        var (one, other) = (Operator.TenantId(await _operator.NewTenantAsync()), Operator.TenantId(await _operator.NewTenantAsync()));
        foreach (var id in new[] { "news", "jobs", "help" })
            await _operator.AskAsync("tenant", "account", "create", one, id, "--name", "新闻");
        await _operator.AskAsync("tenant", "account", "create", other, "news", "--name", "News");

        Assert.Equal(["help", "jobs", "news"], await PagesAsync("tenant", "account", "list", one, "--take", "2"));
        Assert.Equal(1, (await _operator.AskAsync("tenant", "account", "list", other)).GetArrayLength());
    }

    [Theory]
    [InlineData("There is no tenant 8C1000000000FFFF.", "tenant", "show", "8C1000000000FFFF")]
    [InlineData("There is no tenant 8C1000000000FFFF.", "tenant", "subscribe", "8c1000000000ffff", "1")]
    [InlineData("There is no tenant 8C1000000000FFFF.", "tenant", "admin", "grant", "8C1000000000FFFF", "a@b")]
    [InlineData("There is no tenant 8C1000000000FFFF.", "tenant", "account", "list", "8C1000000000FFFF")]
    public async Task What_is_not_there_is_said(string says, params string[] args)
    {
        var heard = await _operator.RunAsync(args);

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Contains(says, heard.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("An organisation's id has 16 hexadecimal digits, not '42'.", "show", "42")]
    [InlineData("An organisation's id has 16 hexadecimal digits, not '-5'.", "list", "--after", "-5")]
    [InlineData("--domain must have 1 to 64 lower-case letters", "create", "--name", "A", "--name-en", "A", "--domain", "A b")]
    [InlineData("Option '--domain' is required.", "create", "--name", "A", "--name-en", "A")]
    [InlineData("--registered must be a number from 0", "change", "8C1000000000FFFF", "--registered", "-1")]
    [InlineData("--type must be a number from 0", "change", "8C1000000000FFFF", "--type", "big")]
    [InlineData("--licensed-from must be a date or time", "change", "8C1000000000FFFF", "--licensed-from", "31.1.2026")]
    [InlineData("Option '--tenant' is required.", "home", "100000001")]
    public async Task A_wrong_value_is_refused(string says, params string[] args)
    {
        var heard = await _operator.RunAsync(["tenant", .. args]);

        Assert.Equal((2, ""), (heard.ExitCode, heard.Output));
        Assert.Contains(says, heard.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(""), InlineData("a b"), InlineData("a\u0007")]
    public async Task What_cannot_be_an_id_of_a_public_account_is_refused(string id)
    {
        var tenant = Operator.TenantId(await _operator.NewTenantAsync());

        var heard = await _operator.RunAsync("tenant", "account", "create", tenant, id, "--name", "A");

        Assert.Equal((2, ""), (heard.ExitCode, heard.Output));
        Assert.Contains("The id of a public account must have 1 to 128 characters", heard.Error, StringComparison.Ordinal);
    }

    private async Task<List<string>> PagesAsync(params string[] next)
    {
        var listed = new List<string>();
        while (true)
        {
            var heard = await _operator.RunAsync(next);
            listed.AddRange(heard.Lines.Skip(1).TakeWhile(line => !line.StartsWith("More:", StringComparison.Ordinal))
                .Select(line => line.Split(' ')[0]));
            if (!heard.Lines[^1].StartsWith("More: ./run.sh ", StringComparison.Ordinal))
                return listed;

            next = heard.Lines[^1]["More: ./run.sh ".Length..].Split(' ');
        }
    }

    private static string? Text(JsonElement thing, string name) => thing.GetProperty(name).GetString();
}
