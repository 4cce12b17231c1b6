using System.Net.Http.Json;
using Yaopai.Server.Accounts.Bindings;

namespace Yaopai.Tests.Admin.Api;

/// <summary>A good call of every operation.</summary>
/// <param name="Path">Below <c>/admin/v1</c>.</param>
internal sealed record GoodCall(string Path, object? Body = null, string? IfMatch = null)
{
    public (string, string)[] Headers => IfMatch is null ? [] : [("If-Match", IfMatch)];
}

internal static class AdminTour
{
    public static IReadOnlyDictionary<string, Func<AdminApiFixture, Task<GoodCall>>> Calls { get; } =
        new Dictionary<string, Func<AdminApiFixture, Task<GoodCall>>>
        {
            ["app.list"] = _ => Of("/apps?limit=2"),
            ["app.create"] = async at => new("/apps", new { name = "App", developer_id = await at.Owner.NewDeveloperAsync() }),
            ["app.show"] = at => AppAsync(at.Owner, ""),
            ["app.change"] = at => AppAsync(at.Owner, "", new { name = "Other" }, "*"),
            ["app.disable"] = at => AppAsync(at.Owner, "/disable"),
            ["app.enable"] = at => AppAsync(at.Owner, "/enable"),
            ["app.secret.rotate"] = at => AppAsync(at.Owner, "/secret"),
            ["event.list"] = _ => Of("/apps/100000001/events"),
            ["event.retry"] = at => AppAsync(at.Owner, "/events/retry"),
            ["event.set"] = at => AppAsync(at.Owner, "/events/subscription", new { callback = "https://app.example/events" }),
            ["event.clear"] = at => AppAsync(at.Owner, "/events/subscription"),
            ["developer.list"] = _ => Of("/developers"),
            ["developer.create"] = _ => Of("/developers", new { name = "Owner" }),
            ["developer.show"] = at => DeveloperAsync(at.Owner, ""),
            ["developer.change"] = at => DeveloperAsync(at.Owner, "", new { name = "Other", group_id = (long?)null }, "*"),
            ["developer.disable"] = at => DeveloperAsync(at.Owner, "/disable"),
            ["developer.enable"] = at => DeveloperAsync(at.Owner, "/enable"),
            ["group.list"] = _ => Of("/groups"),
            ["group.create"] = _ => Of("/groups", new { name = "Group" }),
            ["group.show"] = at => GroupAsync(at.Owner, ""),
            ["group.change"] = at => GroupAsync(at.Owner, "", new { name = "Other" }, "*"),
            ["group.disable"] = at => GroupAsync(at.Owner, "/disable"),
            ["group.enable"] = at => GroupAsync(at.Owner, "/enable"),
            ["user.list"] = _ => Of("/users?limit=3"),
            ["user.create"] = _ => Of("/users", new
            {
                name = $"u{Guid.NewGuid():n}",
                region = "CN",
                nickname = "小明",
                mail = "ming@a.example",
                mail_verified = true,
                profile = new[] { "job=teacher" },
                phones = new[] { NewNumber() },
            }),
            ["user.show"] = at => UserAsync(at.Owner, ""),
            ["user.change"] = at => UserAsync(at.Owner, "", new { nickname = (string?)null }, "*"),
            ["user.delete"] = at => UserAsync(at.Owner, ""),
            ["user.disable"] = at => UserAsync(at.Owner, "/disable"),
            ["user.enable"] = at => UserAsync(at.Owner, "/enable"),
            ["user.recycle"] = at => UserAsync(at.Owner, "/recycle"),
            ["user.restore"] = at => UserAsync(at.Owner, "/restore"),
            ["user.unlock"] = at => UserAsync(at.Owner, "/unlock"),
            ["user.password.reset"] = at => UserAsync(at.Owner, "/password"),
            ["user.sign-ins"] = at => UserAsync(at.Owner, "/sign-ins"),
            ["user.sessions.end"] = at => UserAsync(at.Owner, "/sessions"),
            ["user.consents"] = async at => new($"/users/{await ConsentAsync(at)}/consents"),
            ["user.consent.withdraw"] = async at => new($"/users/{await ConsentAsync(at)}/consents/100000001"),
            ["user.bindings"] = async at => new($"/users/{await BindingAsync(at)}/bindings"),
            ["user.binding.remove"] = async at => new($"/users/{await BindingAsync(at)}/bindings/wechat/wx1"),
            ["organisation.list"] = _ => Of("/organisations"),
            ["organisation.create"] = _ => Of("/organisations", Organisation()),
            ["organisation.show"] = at => OrganisationAsync(at.Owner, ""),
            ["organisation.change"] = at => OrganisationAsync(at.Owner, "", new { licensed_until = "2999-12-31" }, "*"),
            ["organisation.disable"] = at => OrganisationAsync(at.Owner, "/disable"),
            ["organisation.enable"] = at => OrganisationAsync(at.Owner, "/enable"),
            ["organisation.home"] = async at => await OrganisationAsync(at.Owner, $"/apps/{await NewAppAsync(at.Owner)}/home"),
            ["organisation.subscribe"] = async at => await OrganisationAsync(
                at.Owner, $"/apps/{await OfferedAppAsync(at.Owner)}/subscription"),
            ["organisation.unsubscribe"] = async at => await OrganisationAsync(
                at.Owner, $"/apps/{await OfferedAppAsync(at.Owner)}/subscription"),
            ["request.list"] = async at => { await RequestAsync(at); return new("/requests?limit=3"); },
            ["request.show"] = async at => new($"/requests/{await RequestAsync(at)}"),
            ["key.list"] = _ => Of("/keys"),
            ["key.rotate"] = _ => Of("/keys/sealing/rotate"),
            ["admin-key.list"] = _ => Of("/admin-keys"),
            ["admin-key.create"] = _ => Of("/admin-keys", new { name = $"{Guid.NewGuid():n}", role = "auditor" }),
            ["admin-key.show"] = at => AdminKeyAsync(at.Owner, ""),
            ["admin-key.rotate"] = at => AdminKeyAsync(at.Owner, "/rotate", new { overlap_seconds = 60 }),
            ["admin-key.revoke"] = at => AdminKeyAsync(at.Owner, "/revoke"),
            ["audit.list"] = async at => { await at.Owner.NewDeveloperAsync(); return new("/audit?limit=3"); },
            ["audit.show"] = async at => { await at.Owner.NewDeveloperAsync(); return new("/audit/1"); },
            ["audit.verify"] = _ => Of("/audit/verification"),
        };

    private static Task<GoodCall> Of(string path, object? body = null) => Task.FromResult(new GoodCall(path, body));

    private static async Task<GoodCall> AppAsync(AdminCaller owner, string rest, object? body = null, string? ifMatch = null) =>
        new($"/apps/{(await owner.NewAppAsync()).GetProperty("client_id").GetString()}{rest}", body, ifMatch);

    private static async Task<GoodCall> DeveloperAsync(AdminCaller owner, string rest, object? body = null, string? ifMatch = null) =>
        new($"/developers/{await owner.NewDeveloperAsync()}{rest}", body, ifMatch);

    private static async Task<GoodCall> GroupAsync(AdminCaller owner, string rest, object? body = null, string? ifMatch = null)
    {
        var group = await owner.AskAsync("POST", "/groups", new { name = "Group" });
        return new($"/groups/{group.GetProperty("id")}{rest}", body, ifMatch);
    }

    /// <summary>A number of the mainland that nobody has yet.</summary>
    public static string NewNumber() => $"+86139{Random.Shared.Next(10_000_000, 100_000_000)}";

    public static async Task<long> NewUserAsync(AdminCaller owner) => (await owner.AskAsync(
        "POST", "/users", new { name = $"u{Guid.NewGuid():n}", region = "CN" })).GetProperty("id").GetInt64();

    private static async Task<GoodCall> UserAsync(AdminCaller owner, string rest, object? body = null, string? ifMatch = null) =>
        new($"/users/{await NewUserAsync(owner)}{rest}", body, ifMatch);

    /// <summary>A person of the demo data, who allows an app of it something.</summary>
    private static async Task<long> ConsentAsync(AdminApiFixture at)
    {
        using var response = await at.Server.Http.PostAsJsonAsync(
            "/sandbox/authorize", new { surface = "huawei", client_id = 100000001, user = "mainland" });
        response.EnsureSuccessStatusCode();
        return (await at.Owner.GetAsync("/users?name=mainland")).GetProperty("items")[0].GetProperty("id").GetInt64();
    }

    private static async Task<long> BindingAsync(AdminApiFixture at)
    {
        var user = await NewUserAsync(at.Owner);
        Assert.True(await at.Server.Get<IBindingStore>().TryAddAsync(
            new(new("wechat", "wx1", $"{Guid.NewGuid():n}", null), user, 1000001, DateTimeOffset.UtcNow), default));
        return user;
    }

    private static object Organisation() => new { name = "公司", name_en = "Company", domain = $"d{Guid.NewGuid():n}" };

    private static async Task<GoodCall> OrganisationAsync(AdminCaller owner, string rest, object? body = null, string? ifMatch = null) =>
        new($"/organisations/{await NewOrganisationAsync(owner)}{rest}", body, ifMatch);

    private static async Task<string> NewOrganisationAsync(AdminCaller owner) =>
        (await owner.AskAsync("POST", "/organisations", Organisation())).GetProperty("id").GetString()!;

    private static async Task<string> NewAppAsync(AdminCaller owner) =>
        (await owner.NewAppAsync()).GetProperty("client_id").GetString()!;

    private static async Task<string> OfferedAppAsync(AdminCaller owner)
    {
        var app = await NewAppAsync(owner);
        await owner.AskAsync("POST", $"/organisations/{await NewOrganisationAsync(owner)}/apps/{app}/home", new { isv = true });
        return app;
    }

    /// <summary>A request that the journal has, refused.</summary>
    private static async Task<string> RequestAsync(AdminApiFixture at)
    {
        using var response = await at.Server.Http.PostAsync("/huawei/oauth2/v3/token", content: null);
        return response.Headers.GetValues("X-Request-Id").Single();
    }

    private static async Task<GoodCall> AdminKeyAsync(AdminCaller owner, string rest, object? body = null)
    {
        var key = await owner.AskAsync("POST", "/admin-keys", new { name = $"{Guid.NewGuid():n}", role = "support" });
        return new($"/admin-keys/{key.GetProperty("id").GetString()}{rest}", body);
    }
}
