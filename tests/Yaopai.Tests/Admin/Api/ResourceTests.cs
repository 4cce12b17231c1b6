using System.Net;
using Yaopai.Server.Accounts;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;
using E = Yaopai.Errors.OperatorErrors.Users;

namespace Yaopai.Tests.Admin.Api;

/// <summary>What is asked for is what happens.</summary>
public sealed class ResourceTests(AdminApiFixture fixture) : IClassFixture<AdminApiFixture>
{
    private readonly AdminCaller _owner = fixture.Owner;

    [Fact]
    public async Task Support_finds_a_person_by_number_and_gives_them_another_password()
    {
        var number = AdminTour.NewNumber();
        var made = await _owner.AskAsync(
            "POST", "/users",
            new { name = $"u{Guid.NewGuid():n}", region = "CN", password = "correct horse 7", phones = new[] { number } });
        var support = fixture.Of(AdminRole.Support);

        var found = (await support.GetAsync($"/users?phone={Uri.EscapeDataString(number)}")).GetProperty("items")[0];
        var id = found.GetProperty("id").GetInt64();
        var reset = await support.AskAsync("POST", $"/users/{id}/password");
        var account = await fixture.Server.Get<IAccountStore>().FindAsync(id, default);

        Assert.Equal(made.GetProperty("id").GetInt64(), id);
        Assert.False(made.TryGetProperty("password", out _)); // it was chosen, and is known
        Assert.NotEqual(
            default, Passwords.Verify(account!.PasswordHash, reset.GetProperty("password").GetString()!));
        Assert.Equal(default, Passwords.Verify(account.PasswordHash, "correct horse 7"));
        await support.AskAsync("POST", $"/users/{id}/unlock");
        await support.AskAsync("DELETE", $"/users/{id}/sessions");
        await support.RefusedAsync(E.PasswordUnacceptable, "POST", $"/users/{id}/password", new { password = "12345678" });
        await support.RefusedAsync(
            Yaopai.Errors.OperatorErrors.AdminApi.RoleInsufficient, "PATCH", $"/users/{id}", new { nickname = "x" }, ("If-Match", "*"));
    }

    [Fact]
    public async Task A_person_is_changed_recycled_restored_and_deleted()
    {
        var path = $"/users/{await AdminTour.NewUserAsync(_owner)}";
        var number = AdminTour.NewNumber();

        var changed = await _owner.PatchAsync(
            path, new { nickname = "小明", mail = "a@b.example", profile = new[] { "job=teacher" }, phones = new[] { number } });
        var back = await _owner.PatchAsync(
            path, new { nickname = (string?)null, mail = (string?)null, profile = new[] { "job=" }, removed_phones = new[] { number } });
        Assert.Equal("小明", changed.GetProperty("nickname").GetString());
        Assert.Equal(number, changed.GetProperty("phones")[0].GetProperty("number").GetString());
        Assert.Equal(0, back.GetProperty("phones").GetArrayLength() + back.GetProperty("profile").GetArrayLength());
        await _owner.RefusedAsync(E.PhoneNotTheirs, "PATCH", path, new { removed_phones = new[] { number } }, ("If-Match", "*"));

        Assert.Equal("recycled", (await _owner.AskAsync("POST", $"{path}/recycle")).GetProperty("state").GetString());
        Assert.Equal("enabled", (await _owner.AskAsync("POST", $"{path}/restore")).GetProperty("state").GetString());
        Assert.Equal("disabled", (await _owner.AskAsync("POST", $"{path}/disable")).GetProperty("state").GetString());
        await _owner.AskAsync("DELETE", path);
        await _owner.RefusedAsync(E.UserUnknown, "GET", path);
        await _owner.RefusedAsync(E.UserUnknown, "GET", "/users/0001");
    }

    [Fact]
    public async Task A_name_and_a_number_belong_to_one_person()
    {
        var (name, number) = ($"u{Guid.NewGuid():n}", AdminTour.NewNumber());
        await _owner.AskAsync("POST", "/users", new { name, region = "CN", phones = new[] { number } });

        await _owner.RefusedAsync(E.NameTaken, "POST", "/users", new { name = name.ToUpperInvariant(), region = "CN" });
        await _owner.RefusedAsync(
            E.PhoneTaken, "POST", "/users", new { name = $"u{Guid.NewGuid():n}", region = "CN", phones = new[] { number } });
        await _owner.RefusedAsync(
            E.PhoneMalformed, "POST", "/users", new { name = $"u{Guid.NewGuid():n}", region = "CN", phones = new[] { "12a" } });
        await _owner.RefusedAsync(E.PhoneMalformed, "GET", "/users?phone=12a");
    }

    [Fact]
    public async Task An_app_that_is_disabled_and_let_in_again_has_lost_its_tokens_and_keeps_its_secret()
    {
        var made = await _owner.NewAppAsync();
        var (id, secret) = (made.GetProperty("client_id").GetString()!, made.GetProperty("client_secret").GetString()!);

        Assert.Equal("disabled", (await _owner.AskAsync("POST", $"/apps/{id}/disable")).GetProperty("state").GetString());
        Assert.Equal("enabled", (await _owner.AskAsync("POST", $"/apps/{id}/enable")).GetProperty("state").GetString());
        var rotated = await _owner.AskAsync("POST", $"/apps/{id}/secret");
        var app = await fixture.Server.Get<IAppStore>().FindAsync(long.Parse(id), default);

        Assert.Equal(2, rotated.GetProperty("secrets").GetInt32());
        Assert.True(ClientSecret.Matches(app!, secret));
        Assert.True(ClientSecret.Matches(app!, rotated.GetProperty("client_secret").GetString()!));
        using var gone = await _owner.SendAsync("DELETE", $"/apps/{id}");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, gone.StatusCode);
    }
}
