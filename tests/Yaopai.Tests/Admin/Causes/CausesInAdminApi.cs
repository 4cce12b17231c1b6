using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Yaopai.Errors;
using Yaopai.Server.Admin.Api;
using Yaopai.Server.Administration;
using Yaopai.Tests.Admin.Api;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Tests.Admin.Causes;

/// <summary>Errors that come over HTTP alone. What a command would say of them is in the problem.</summary>
internal static class CausesInAdminApi
{
    private static readonly object s_group = new { name = "A" };

    public static IReadOnlyList<Cause> All { get; } =
    [
        Of(E.AdminApi.KeyMissing,         (server, _) => new AdminCaller(server.Http, null).SendAsync("GET", "/apps")),
        Of(E.AdminApi.KeyRefused,         (server, _) => new AdminCaller(server.Http, "wrong").SendAsync("GET", "/apps")),
        Of(E.AdminApi.AttemptsExceeded,   ExceedAsync, ("Admin:FailuresPerAddress", "1")),
        Of(E.AdminApi.RoleInsufficient,
            async (server, _) => await (await AdminCaller.OfAsync(server, AdminRole.Support)).SendAsync("GET", "/apps")),
        Of(E.AdminApi.NetworkRefused,     (_, owner) => owner.SendAsync("GET", "/apps"), ("Admin:AllowedNetworks:0", "10.0.0.0/8")),
        Of(E.AdminApi.AddressUnknown,     (_, owner) => owner.SendAsync("GET", "/aps")),
        Of(E.AdminApi.MethodRefused,      (_, owner) => owner.SendAsync("PUT", "/apps")),
        Of(E.AdminApi.BodyTypeRefused,    (_, owner) => owner.SendAsync("POST", "/groups", "name=A", ("Content-Type", "text/plain"))),
        Of(E.AdminApi.BodyTooLarge,       (_, owner) => owner.SendAsync("POST", "/groups", new { name = new string('a', 70_000) })),
        Of(E.AdminApi.BodyUnreadable,     (_, owner) => owner.SendAsync("POST", "/groups", "{")),
        Of(E.AdminApi.MembersRefused,     (_, owner) => owner.SendAsync("POST", "/groups", new { nmae = "A" })),
        Of(E.AdminApi.ParametersRefused,  (_, owner) => owner.SendAsync("GET", "/groups?limit=0")),
        Of(E.AdminApi.CursorRefused,      (_, owner) => owner.SendAsync("GET", "/groups?cursor=x")),
        Of(E.AdminApi.VersionMissing,     (_, owner) => owner.SendAsync("PATCH", "/groups/1", s_group)),
        Of(E.AdminApi.VersionOutdated,    OutdatedAsync),
        Of(E.AdminApi.RepeatDiffers,      DiffersAsync),
        Of(E.AdminApi.RepeatUnderWay,     UnderWayAsync),
        Of(E.AdminApi.RepeatKeyMalformed, (_, owner) => owner.SendAsync("POST", "/groups", s_group, ("Idempotency-Key", "a b"))),
        Of(E.AdminApi.Unexpected,         (_, owner) => owner.SendAsync("GET", "/defect"), Broken),
        Of(E.AdminApi.JournalOff,         (_, owner) => owner.SendAsync("GET", "/requests"), ("Journal:Enabled", "false")),
        Of(E.AdminApi.RequestUnknown,     (_, owner) => owner.SendAsync("GET", "/requests/none")),
        Of(E.Users.ConsentUnknown,        async (_, owner) => await owner.SendAsync(
            "DELETE", $"/users/{await AdminTour.NewUserAsync(owner)}/consents/100000001")),
        Of(E.Users.BindingUnknown,        async (_, owner) => await owner.SendAsync(
            "DELETE", $"/users/{await AdminTour.NewUserAsync(owner)}/bindings/wechat/wx1")),
        Of(E.Audit.EntryUnknown,          (_, owner) => owner.SendAsync("GET", "/audit/99999")),
    ];

    private static Cause Of(
        ErrorDefinition error, Func<TestServer, AdminCaller, Task<HttpResponseMessage>> askAsync,
        params (string Key, string Value)[] settings) =>
        new(error, 1, scene => HearAsync(scene, askAsync, server => TestServer.StartAsync(server, settings)));

    private static Cause Of(
        ErrorDefinition error, Func<TestServer, AdminCaller, Task<HttpResponseMessage>> askAsync,
        Action<IServiceCollection> replace) =>
        new(error, 1, scene => HearAsync(scene, askAsync, server => TestServer.StartWithAsync(server, replace)));

    private static async Task<Operator.Heard> HearAsync(
        Scene scene, Func<TestServer, AdminCaller, Task<HttpResponseMessage>> askAsync,
        Func<Engine, Task<TestServer>> startAsync)
    {
        await using var server = await startAsync(scene.Engine);
        using var response = await askAsync(server, await AdminCaller.OfAsync(server, AdminRole.Owner));
        var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement;
        return new(1, "",
            $"{problem.GetProperty("code").GetString()}: {problem.GetProperty("detail").GetString()}\n"
            + $"{problem.GetProperty("remedy").GetString()}\n");
    }

    private static async Task<HttpResponseMessage> ExceedAsync(TestServer server, AdminCaller owner)
    {
        await new AdminCaller(server.Http, "wrong").SendAsync("GET", "/apps");
        return await owner.SendAsync("GET", "/apps");
    }

    private static async Task<HttpResponseMessage> OutdatedAsync(TestServer server, AdminCaller owner)
    {
        var group = await owner.AskAsync("POST", "/groups", s_group);
        return await owner.SendAsync("PATCH", $"/groups/{group.GetProperty("id")}", s_group, ("If-Match", "\"older\""));
    }

    private static async Task<HttpResponseMessage> DiffersAsync(TestServer server, AdminCaller owner)
    {
        await owner.AskAsync("POST", "/groups", s_group, ("Idempotency-Key", "1"));
        return await owner.SendAsync("POST", "/groups", new { name = "B" }, ("Idempotency-Key", "1"));
    }

    /// <summary>The first of the two never came to its end: the server that answered it died.</summary>
    private static async Task<HttpResponseMessage> UnderWayAsync(TestServer server, AdminCaller owner)
    {
        await owner.AskAsync("POST", "/groups", s_group, ("Idempotency-Key", "1"));
        await server.Get<Server.Storage.Engine.Database>().WriteAsync(
            session => session.ExecuteAsync("UPDATE admin_answer SET answer = NULL"), default);
        return await owner.SendAsync("POST", "/groups", s_group, ("Idempotency-Key", "1"));
    }

    private static void Broken(IServiceCollection services) => services.AddSingleton<IAdminResource, Defect>();

    private sealed class Defect : IAdminResource
    {
        public IReadOnlyList<AdminOperation> Operations =>
            [new("defect", "GET", "/defect", AdminAccess.Own, "Fails.", _ => throw new InvalidOperationException("A defect."))];
    }
}
