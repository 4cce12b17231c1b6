using System.Net;
using System.Text;
using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Admin;

public sealed class OnSqliteAppVerbsTests(SqliteDesk desk) : AppVerbsTests(desk), IClassFixture<SqliteDesk>;

public sealed class OnPostgresAppVerbsTests(PostgresDesk desk) : AppVerbsTests(desk), IClassFixture<PostgresDesk>;

public abstract class AppVerbsTests(Desk desk)
{
    private readonly Operator _operator = desk.Operator;

    [Fact]
    public async Task A_new_app_is_stored_as_it_was_described()
    {
        var developer = await _operator.NewDeveloperAsync();
        var created = await _operator.AskAsync(
            "app", "create", "--name", "应用", "--developer", developer, "--redirect-uri", "https://a.example/cb", "--redirect-uri",
                "com.example.a:/cb",
            "--scope", "openid profile", "--scope", "email", "--approve-scope", "openid", "--allow", "10.0.0.0/8", "--allow",
                "203.0.113.7", "--quota", "60");

        var app = await StoredAsync(created);
        Assert.InRange(app.Id, 100_000_000, 999_999_999);
        Assert.Equal("应用", app.Name);
        Assert.Equal(long.Parse(developer), app.DeveloperId);
        Assert.Equal(app.DeveloperId * 1_000, app.ProjectId);
        Assert.Equal(["https://a.example/cb", "com.example.a:/cb"], app.RedirectUris);
        Assert.Equal(["openid", "profile", "email"], app.AppliedScopes);
        Assert.Equal(["openid"], app.ApprovedScopes);
        Assert.Equal([IPNetwork.Parse("10.0.0.0/8"), IPNetwork.Parse("203.0.113.7/32")], app.Allowlist);
        Assert.Equal(60, app.QuotaPerMinute);
        Assert.True(ClientSecret.Matches(app, SecretOf(created)));
    }

    [Fact]
    public async Task An_app_that_signs_has_a_sealed_copy_of_its_live_secrets_until_it_does_not()
    {
        var created = await _operator.NewAppAsync("--signing", "--referer", "app.example");
        Assert.Equal(
            (1, "app.example"), (created.GetProperty("signing_secrets").GetInt32(), created.GetProperty("referers")[0].GetString()));
        Assert.DoesNotContain(
            Encoding.UTF8.GetString((await StoredAsync(created)).SigningSecrets[0]), SecretOf(created), StringComparison.Ordinal);

        await _operator.AskAsync("app", "secret", "rotate", Operator.Id(created));
        var third = await _operator.AskAsync("app", "secret", "rotate", Operator.Id(created));
        Assert.Equal(2, third.GetProperty("signing_secrets").GetInt32());

        var without = await _operator.AskAsync("app", "change", Operator.Id(created), "--signing", "false", "--referer", "");
        Assert.Equal((0, 0), (without.GetProperty("signing_secrets").GetInt32(), without.GetProperty("referers").GetArrayLength()));
    }

    [Fact]
    public async Task An_app_that_begins_to_sign_is_told_to_get_another_secret()
    {
        var created = await _operator.NewAppAsync();

        var changed = await _operator.RunAsync("app", "change", Operator.Id(created), "--signing");

        Assert.Contains($"app secret rotate {Operator.Id(created)}", changed.Error, StringComparison.Ordinal);
        Assert.Empty((await StoredAsync(created)).SigningSecrets);
    }

    [Fact]
    public async Task A_secret_is_shown_when_it_is_made_and_never_again()
    {
        var created = await _operator.NewAppAsync();

        foreach (var args in new[] { new[] { "app", "show", Operator.Id(created) }, ["app", "list", "--take", "1000"], ["app", "change",
            Operator.Id(created), "--name", "B"] })
        {
            var text = await _operator.RunAsync(args);
            var json = await _operator.RunAsync([.. args, "--json"]);

            Assert.Equal((0, 0), (text.ExitCode, json.ExitCode));
            Assert.DoesNotContain(SecretOf(created), text.Output + json.Output, StringComparison.Ordinal);
            Assert.DoesNotContain("client_secret", text.Output + json.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_rotation_keeps_the_newest_two_secrets()
    {
        var first = await _operator.NewAppAsync();
        var second = await _operator.AskAsync("app", "secret", "rotate", Operator.Id(first));
        var afterOne = await StoredAsync(first);
        var third = await _operator.AskAsync("app", "secret", "rotate", Operator.Id(first));
        var afterTwo = await StoredAsync(first);

        Assert.Equal([true, true], [Matches(afterOne, first), Matches(afterOne, second)]);
        Assert.Equal([false, true, true], [Matches(afterTwo, first), Matches(afterTwo, second), Matches(afterTwo, third)]);
    }

    [Fact]
    public async Task A_change_leaves_what_it_does_not_name()
    {
        var created = await _operator.NewAppAsync(
            "--redirect-uri", "https://a.example/cb", "--scope", "openid profile", "--approve-scope", "openid profile", "--allow",
                "10.0.0.0/8", "--quota", "60");
        var before = await StoredAsync(created);

        await _operator.AskAsync("app", "change", Operator.Id(created), "--name", "Other");
        var after = await StoredAsync(created);

        Assert.Equal("Other", after.Name);
        Assert.Equal(before.RedirectUris, after.RedirectUris);
        Assert.Equal(before.AppliedScopes, after.AppliedScopes);
        Assert.Equal(before.ApprovedScopes, after.ApprovedScopes);
        Assert.Equal(before.Allowlist, after.Allowlist);
        Assert.Equal(before.QuotaPerMinute, after.QuotaPerMinute);
        Assert.Equal(before.SecretHashes, after.SecretHashes);
    }

    [Fact]
    public async Task Lists_are_replaced_and_limits_taken_back()
    {
        var created = await _operator.NewAppAsync(
            "--redirect-uri", "https://a.example/cb", "--scope", "openid profile", "--approve-scope", "openid profile", "--allow",
                "10.0.0.0/8", "--quota", "60");

        await _operator.AskAsync(
            "app", "change", Operator.Id(created), "--redirect-uri", "https://b.example/cb", "--scope", "openid", "--allow-any",
                "--quota", "default");
        var after = await StoredAsync(created);

        Assert.Equal(["https://b.example/cb"], after.RedirectUris);
        Assert.Equal(["openid"], after.AppliedScopes);
        Assert.Equal(["openid"], after.ApprovedScopes); // what is not applied for is not approved
        Assert.Empty(after.Allowlist);
        Assert.Null(after.QuotaPerMinute);
    }

    [Fact]
    public async Task The_ways_to_tokens_are_the_default_ones_until_others_are_named_and_can_be_put_back()
    {
        var created = await _operator.NewAppAsync("--redirect-uri", "oob", "--scope", "super_msg", "--approve-scope", "super_msg");
        Assert.Equal(
            ["authorization_code", "refresh_token", "client_credentials", "device_token"],
            created.GetProperty("open_grants").EnumerateArray().Select(grant => grant.GetString()!));
        Assert.Equal(["oob"], (await StoredAsync(created)).RedirectUris);
        Assert.Equal(["super_msg"], (await StoredAsync(created)).ApprovedScopes);

        await _operator.AskAsync("app", "change", Operator.Id(created), "--open-grant", "password", "--open-grant", "refresh_token");
        Assert.Equal(["password", "refresh_token"], (await StoredAsync(created)).GrantTypes);

        await _operator.AskAsync("app", "change", Operator.Id(created), "--open-grant", "");
        Assert.Equal([], (await StoredAsync(created)).GrantTypes);

        await _operator.AskAsync("app", "change", Operator.Id(created), "--open-grant", "default");
        Assert.Null((await StoredAsync(created)).GrantTypes);

        var wrong = await _operator.RunAsync("app", "change", Operator.Id(created), "--open-grant", "everything");
        Assert.NotEqual(0, wrong.ExitCode);
        Assert.Contains("must be one of authorization_code", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Tokens_write_without_a_secret_where_that_is_said_and_until_it_is_taken_back()
    {
        var created = await _operator.NewAppAsync();
        Assert.False(created.GetProperty("writes_without_secret").GetBoolean());

        await _operator.AskAsync("app", "change", Operator.Id(created), "--write-without-secret");
        Assert.True((await StoredAsync(created)).WritesWithoutSecret);

        await _operator.AskAsync("app", "change", Operator.Id(created), "--name", "another");
        Assert.True((await StoredAsync(created)).WritesWithoutSecret);

        await _operator.AskAsync("app", "change", Operator.Id(created), "--write-without-secret", "false");
        Assert.False((await StoredAsync(created)).WritesWithoutSecret);
    }

    [Fact]
    public async Task A_public_app_has_no_secret()
    {
        var created = await _operator.NewAppAsync("--public");
        var rotated = await _operator.RunAsync("app", "secret", "rotate", Operator.Id(created));
        await _operator.AskAsync("app", "change", Operator.Id(created), "--public", "false");
        var after = await _operator.RunAsync("app", "secret", "rotate", Operator.Id(created));

        Assert.False(created.TryGetProperty("client_secret", out _));
        Assert.Equal(1, rotated.ExitCode);
        Assert.Contains("--public false", rotated.Error, StringComparison.Ordinal);
        Assert.Equal(0, after.ExitCode);
    }

    [Fact]
    public async Task A_disabled_app_loses_its_tokens_and_an_enabled_one_does_not_get_them_back()
    {
        var created = await _operator.NewAppAsync();
        var id = long.Parse(Operator.Id(created));

        await _operator.AskAsync("app", "disable", $"{id}");
        var disabled = await StoredAsync(created);
        await _operator.AskAsync("app", "enable", $"{id}");
        var enabled = await StoredAsync(created);

        Assert.False(disabled.IsEnabled);
        Assert.True(enabled.IsEnabled);
        var revocation = Assert.Single(await new SqlRevocationStore(desk.Engine.Database).TouchingAsync(id, accountId: 1, Guid.NewGuid(),
            default));
        Assert.Equal((id, 0, Guid.Empty), (revocation.AppId, revocation.AccountId, revocation.GrantId));
    }

    [Fact]
    public async Task M4_letting_an_app_in_again_revokes_what_was_given_out_meanwhile()
    {
        var created = await _operator.NewAppAsync();
        var id = long.Parse(Operator.Id(created));
        var developer = $"{created.GetProperty("developer_id").GetInt64()}";

        foreach (var (noun, who) in new[] { ("app", $"{id}"), ("developer", developer) })
        {
            await _operator.AskAsync(noun, "disable", who);
            var late = DateTimeOffset.UtcNow; // a node that has not heard of it
            await _operator.AskAsync(noun, "enable", who);
            Assert.True(await BeforeAsync(id) >= late);

            var enabled = await BeforeAsync(id);
            await _operator.AskAsync(noun, "enable", who); // it is enabled already
            Assert.Equal(enabled, await BeforeAsync(id));
        }
    }

    private async Task<DateTimeOffset> BeforeAsync(long id) => Assert.Single(
        await new SqlRevocationStore(desk.Engine.Database).TouchingAsync(id, accountId: 1, Guid.NewGuid(), default)).Before;

    [Fact]
    public async Task An_app_of_a_disabled_developer_says_so()
    {
        var created = await _operator.NewAppAsync();
        await _operator.AskAsync("developer", "disable", $"{created.GetProperty("developer_id").GetInt64()}");

        var shown = await _operator.AskAsync("app", "show", Operator.Id(created));

        Assert.Equal("developer disabled", shown.GetProperty("state").GetString());
    }

    [Fact]
    public async Task An_app_needs_a_developer_that_exists()
    {
        var heard = await _operator.RunAsync("app", "create", "--name", "App", "--developer", "42");

        Assert.Equal((1, ""), (heard.ExitCode, heard.Output));
        Assert.Contains("There is no developer 42", heard.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_people_of_an_app_are_known_to_the_developer_it_moves_to()
    {
        var app = long.Parse(Operator.Id(await _operator.NewAppAsync()));
        var next = long.Parse(await _operator.NewDeveloperAsync());
        await new SqlConsentStore(desk.Engine.Database, Samples.Identifiers)
            .PutAsync(new Consent(4711, app, [], null, Samples.Noon), default);

        await _operator.AskAsync("app", "change", $"{app}", "--developer", $"{next}");

        // By the operator's own identifier key, which the test does not have.
        var known = await desk.Engine.Database.ReadAsync(session => session.HotListAsync(
            "SELECT account_id FROM union_id WHERE developer_id = @next", [("@next", next)], row => row.GetInt64(0)), default);
        Assert.Equal([4711], known);
    }

    [Fact]
    public async Task Only_scopes_that_are_applied_for_can_be_approved()
    {
        var heard = await _operator.RunAsync(
            "app", "create", "--name", "App", "--developer", await _operator.NewDeveloperAsync(), "--scope", "openid", "--approve-scope",
                "profile");

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains("Add it to --scope", heard.Error, StringComparison.Ordinal);
    }

    private async Task<App> StoredAsync(JsonElement app) =>
        (await new SqlAppStore(desk.Engine.Database).FindAsync(long.Parse(Operator.Id(app)), default))!;

    private static bool Matches(App app, JsonElement shown) => ClientSecret.Matches(app, SecretOf(shown));

    private static string SecretOf(JsonElement shown) => shown.GetProperty("client_secret").GetString()!;
}
