using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Yaopai.Server.Administration;
using Yaopai.Server.Stores;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OperatorErrors.AdminApi;

namespace Yaopai.Tests.Admin.Api;

/// <summary>What requests have in common: addresses, bodies, pages, versions, repeats.</summary>
public sealed class RequestTests(AdminApiFixture fixture) : IClassFixture<AdminApiFixture>
{
    private readonly AdminCaller _owner = fixture.Owner;

    public static TheoryData<string, string> Bodies { get; } = new()
    {
        { "{",                                              nameof(E.BodyUnreadable) },
        { "[]",                                             nameof(E.BodyUnreadable) },
        { "null",                                           nameof(E.BodyUnreadable) },
        { """{"name":"a","name":"b"}""",                    nameof(E.BodyUnreadable) },
        { """{"name":"a","developer_id":1}x""",             nameof(E.BodyUnreadable) },
        { """{"name":{"a":{"b":{"c":{"d":{"e":{"f":{"g":{}}}}}}}}}""", nameof(E.BodyUnreadable) },
        { "{}",                                             nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":"1"}""",            nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":1.5}""",            nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":-1}""",             nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":99999999999999999999}""", nameof(E.MembersRefused) },
        { """{"name":null,"developer_id":1}""",             nameof(E.MembersRefused) },
        { """{"name":"","developer_id":1}""",               nameof(E.MembersRefused) },
        { """{"name":"a\u0000","developer_id":1}""",        nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":1,"nmae":"b"}""",   nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":1,"redirect_uris":["javascript:alert(1)"]}""", nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":1,"redirect_uris":"https://a.example/"}""",    nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":1,"scopes":["a b"]}""",   nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":1,"public":"true"}""",    nameof(E.MembersRefused) },
        { """{"name":"a","developer_id":1,"quota":2147483648}""", nameof(E.MembersRefused) },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_used_is_refused_with_what_is_wrong(string body, string error) =>
        await _owner.RefusedAsync(Yaopai.Errors.OperatorErrors.All.Single(
            one => one.Operation is "AdminApi" && one.Name == error), "POST", "/apps", body);

    [Fact]
    public async Task A_text_that_is_none_of_Unicode_is_refused()
    {
        using var response = await _owner.SendTextAsync("POST", "/groups", "{\"name\":\"\\ud800\"}");

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task All_faults_are_said_at_once_each_with_its_place()
    {
        var problem = await _owner.RefusedAsync(
            E.MembersRefused, "POST", "/apps",
            new { nmae = "a", redirect_uris = new[] { "https://a.example/", "ftp://x" }, publik = true });

        Assert.Equal(
            [
                ("/nmae", "is no member here; did you mean name?"),
                ("/redirect_uris/1", "must be https, http on loopback, or an app's own scheme (com.example.app:/callback)"),
                ("/publik", "is no member here; did you mean public?"),
                ("/name", "is missing"),
                ("/developer_id", "is missing"),
            ],
            problem.GetProperty("errors").EnumerateArray()
                .Select(fault => (fault.GetProperty("pointer").GetString()!, fault.GetProperty("detail").GetString()!)));
    }

    [Fact]
    public async Task A_form_is_no_body_and_a_body_has_its_limit()
    {
        await _owner.RefusedAsync(E.BodyTypeRefused, "POST", "/groups", """{"name":"a"}""", ("Content-Type", "text/plain"));
        await _owner.RefusedAsync(E.BodyTooLarge, "POST", "/groups", $$"""{"name":"{{new string('a', 70_000)}}"}""");
        await _owner.RefusedAsync(E.BodyTooLarge, "GET", "/groups", new string(' ', 70_000));
        await _owner.RefusedAsync(
            E.MembersRefused, "POST", "/apps",
            new { name = "a", developer_id = 1, redirect_uris = Enumerable.Range(0, 201).Select(i => $"https://a.example/{i}") });
        await _owner.RefusedAsync(E.MembersRefused, "POST", "/groups", new { name = new string('a', 65) });
    }

    [Theory]
    [InlineData("/apps?limit=0")]
    [InlineData("/apps?limit=501")]
    [InlineData("/apps?limit=1&limit=2")]
    [InlineData("/apps?state=gone")]
    [InlineData("/apps?nmae=x")]
    [InlineData("/apps/1?x=1")]
    [InlineData("/audit?since=yesterday")]
    [InlineData("/audit/verification?head=1:00")]
    public async Task A_query_that_cannot_be_used_is_refused(string path) =>
        await _owner.RefusedAsync(E.ParametersRefused, "GET", path);

    [Theory]
    [InlineData("GET", "/ap")]
    [InlineData("GET", "")]
    [InlineData("GET", "/apps/")]
    [InlineData("GET", "/apps/1/secrets")]
    [InlineData("POST", "/keys/identifier/rotate")]
    [InlineData("GET", "/admin")]
    [InlineData("GET", "/admin/v2/apps")]
    public async Task Where_nothing_is_the_nearest_address_is_said(string method, string path) =>
        await _owner.RefusedAsync(E.AddressUnknown, method, path);

    [Theory]
    [InlineData("DELETE", "/apps", "GET, POST")]
    [InlineData("PUT", "/apps/1", "GET, PATCH")]
    [InlineData("TRACK", "/groups", "GET, POST")]
    public async Task Another_method_is_refused_with_those_that_are_taken(string method, string path, string allowed)
    {
        using var response = await _owner.SendAsync(method, path);

        await AdminCaller.RefusedAsync(E.MethodRefused, response);
        Assert.Equal(allowed, string.Join(", ", response.Content.Headers.Allow));
    }

    [Fact]
    public async Task HEAD_is_GET_without_a_body()
    {
        using var response = await _owner.SendAsync("HEAD", "/apps?limit=1");

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task OPTIONS_says_which_methods_an_address_takes()
    {
        using var response = await _owner.SendAsync("OPTIONS", "/apps/1");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("GET, PATCH, OPTIONS", string.Join(", ", response.Content.Headers.Allow));
        Assert.False(response.Headers.Contains("Access-Control-Allow-Origin")); // no page of a browser has a key
    }

    [Theory]
    [InlineData("/developers")]
    [InlineData("/groups")]
    public async Task Pages_have_everything_once_in_their_order(string path)
    {
        var name = $"Page {Guid.NewGuid():n}";
        var made = new List<long>();
        for (var i = 0; i < 5; i++)
            made.Add((await _owner.AskAsync("POST", path, new { name = $"{name} {i}" })).GetProperty("id").GetInt64());

        var (found, pages) = (new List<long>(), 0);
        string? cursor = null;
        do
        {
            var more = cursor is null ? "" : $"&cursor={cursor}";
            var page = await _owner.GetAsync($"{path}?limit=2&name={Uri.EscapeDataString(name)}{more}");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("id").GetInt64()));
            cursor = page.GetProperty("next").GetString();
            pages++;
        }
        while (cursor is not null);

        Assert.Equal(made.Order(), found);
        Assert.Equal(3, pages);
    }

    [Fact]
    public async Task A_cursor_is_good_for_its_list_its_filters_and_its_key_alone()
    {
        for (var i = 0; i < 2; i++)
            await _owner.NewDeveloperAsync();
        var cursor = (await _owner.GetAsync("/developers?limit=1")).GetProperty("next").GetString()!;

        await _owner.GetAsync($"/developers?limit=5&cursor={cursor}");
        var changed = cursor[..10] + (cursor[10] is 'A' ? 'B' : 'A') + cursor[11..];
        await _owner.RefusedAsync(E.CursorRefused, "GET", $"/developers?cursor={changed}");
        await _owner.RefusedAsync(E.CursorRefused, "GET", "/developers?cursor=MTIz");
        await _owner.RefusedAsync(E.CursorRefused, "GET", $"/groups?cursor={cursor}");
        await _owner.RefusedAsync(E.CursorRefused, "GET", $"/developers?state=enabled&cursor={cursor}");
        await fixture.Of(AdminRole.Auditor).RefusedAsync(E.CursorRefused, "GET", $"/developers?cursor={cursor}");
    }

    [Theory]
    [InlineData("' OR '1'='1")]
    [InlineData("'; DROP TABLE app; --")]
    [InlineData("%")]
    [InlineData("_")]
    [InlineData("\\")]
    public async Task What_looks_like_SQL_is_a_name_that_nothing_has(string name)
    {
        await _owner.NewAppAsync();
        foreach (var path in new[] { "/apps", "/developers", "/groups" })
            Assert.Empty((await _owner.GetAsync($"{path}?name={Uri.EscapeDataString(name)}")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_change_needs_the_version_that_was_read_and_of_two_at_once_one_is_made()
    {
        var path = $"/apps/{(await _owner.NewAppAsync()).GetProperty("client_id").GetString()}";
        var tag = await TagAsync(path);

        await _owner.RefusedAsync(E.VersionMissing, "PATCH", path, new { name = "Other" });
        await _owner.RefusedAsync(E.VersionOutdated, "PATCH", path, new { name = "Other" }, ("If-Match", "\"other\""));
        await _owner.RefusedAsync(E.VersionOutdated, "PATCH", path, new { name = "Other" }, ("If-Match", $"W/{tag}"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(async i =>
        {
            using var response = await _owner.SendAsync("PATCH", path, new { name = $"Name {i}" }, ("If-Match", tag));
            return response.StatusCode;
        }));

        Assert.Single(outcomes, HttpStatusCode.OK);
        Assert.Equal(7, outcomes.Count(status => status is HttpStatusCode.PreconditionFailed));
        await _owner.AskAsync("PATCH", path, new { name = "Last" }, ("If-Match", $"\"other\", {await TagAsync(path)}"));
        Assert.Equal("Last", (await _owner.GetAsync(path)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task A_repeat_is_answered_as_the_first_time_and_done_once()
    {
        var body = new { name = "App", developer_id = await _owner.NewDeveloperAsync() };
        var header = ("Idempotency-Key", $"{Guid.NewGuid()}");

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => _owner.SendAsync("POST", "/apps", body, header)));
        using var later = await _owner.SendAsync("POST", "/apps", body, header);

        var shown = await later.Content.ReadAsStringAsync();
        Assert.Equal(HttpStatusCode.Created, later.StatusCode);
        Assert.Equal(["true"], later.Headers.GetValues("Idempotency-Replayed"));
        Assert.NotNull(later.Headers.Location);
        Assert.Contains("client_secret", shown, StringComparison.Ordinal);
        foreach (var answer in answers)
        {
            if (answer.StatusCode is HttpStatusCode.Created)
                Assert.Equal(shown, await answer.Content.ReadAsStringAsync());
            else
                await AdminCaller.RefusedAsync(E.RepeatUnderWay, answer);
            answer.Dispose();
        }

        var apps = await _owner.GetAsync($"/apps?developer_id={body.developer_id}");
        Assert.Single(apps.GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task A_key_of_a_repeat_belongs_to_its_request_and_its_caller()
    {
        var key = $"{Guid.NewGuid()}";
        await _owner.AskAsync("POST", "/groups", new { name = "A" }, ("Idempotency-Key", key));

        await _owner.RefusedAsync(E.RepeatDiffers, "POST", "/groups", new { name = "B" }, ("Idempotency-Key", key));
        await _owner.RefusedAsync(E.RepeatDiffers, "POST", "/developers", new { name = "A" }, ("Idempotency-Key", key));
        using var other = await fixture.Of(AdminRole.Operator).SendAsync("POST", "/groups", new { name = "A" }, ("Idempotency-Key", key));
        Assert.Equal((HttpStatusCode.Created, false), (other.StatusCode, other.Headers.Contains("Idempotency-Replayed")));
        await _owner.RefusedAsync(E.RepeatKeyMalformed, "POST", "/groups", new { name = "A" }, ("Idempotency-Key", new string('a', 256)));
        await _owner.RefusedAsync(E.RepeatKeyMalformed, "POST", "/groups", new { name = "A" }, ("Idempotency-Key", "a b"));
    }

    [Fact]
    public async Task What_was_refused_can_be_mended_under_the_same_key()
    {
        var header = ("Idempotency-Key", $"{Guid.NewGuid()}");
        await _owner.RefusedAsync(
            Yaopai.Errors.OperatorErrors.Owners.GroupUnknown, "POST", "/developers", new { name = "A", group_id = 1 }, header);

        await _owner.AskAsync("POST", "/developers", new { name = "A" }, header);
    }

    [Fact]
    public async Task The_answers_that_are_kept_are_sealed()
    {
        var made = await _owner.AskAsync(
            "POST", "/apps", new { name = "Kept", developer_id = await _owner.NewDeveloperAsync() },
            ("Idempotency-Key", $"{Guid.NewGuid()}"));

        var kept = await fixture.Engine.Database.ReadAsync(
            session => session.ListAsync<Row>("SELECT answer FROM admin_answer WHERE answer IS NOT NULL"), default);

        Assert.NotEmpty(kept);
        var secret = Encoding.UTF8.GetBytes(made.GetProperty("client_secret").GetString()!);
        Assert.All(kept, row => Assert.True(row.Answer.AsSpan().IndexOf(secret) < 0 && row.Answer.AsSpan().IndexOf("Kept"u8) < 0));
    }

    [Fact]
    public async Task While_the_database_is_away_that_is_said_without_its_words()
    {
        await using var engine = new OnSqlite();
        await engine.InitializeAsync();
        var seam = new Seam();
        await using var server = await TestServer.StartWithAsync(engine, services => services.AddSingleton<IStorageSeam>(seam));
        var owner = await AdminCaller.OfAsync(server, AdminRole.Owner);
        seam.Current = StorageFault.Down;

        var problem = await owner.RefusedAsync(Yaopai.Errors.OperatorErrors.Storage.DatabaseUnreachable, "GET", "/apps");
        seam.Current = null;

        Assert.DoesNotContain("SQLite", problem.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    private async Task<string> TagAsync(string path)
    {
        using var response = await _owner.SendAsync("GET", path);
        return response.Headers.ETag!.ToString();
    }

    private sealed class Seam : IStorageSeam
    {
        public StorageFault? Current { get; set; }
    }

    private sealed class Row
    {
        public byte[] Answer { get; init; } = [];
    }
}
