using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Tests.Admin.Causes;

internal static class CausesInAdminKeys
{
    public static IReadOnlyList<Cause> All { get; } =
    [
        new(E.AdminKeys.AdminKeyUnknown, 1, scene => scene.Operator.RunAsync("admin-key", "show", "0000000000000042")),
        new(E.AdminKeys.AdminKeyEnded,   1, EndedAsync),
        new(E.AdminKeys.NameTaken,       1, NameTakenAsync),
        new(E.AdminKeys.ExpiryPassed,    2, scene => CreateAsync(scene, "--expires", "2020-01-31")),
        new(E.Audit.ChainBroken,         1, BrokenAsync),
    ];

    private static Task<Operator.Heard> CreateAsync(Scene scene, params string[] options) =>
        scene.Operator.RunAsync(["admin-key", "create", "--name", "ops", "--role", "operator", .. options]);

    private static async Task<Operator.Heard> EndedAsync(Scene scene)
    {
        var id = Operator.Id(await scene.Operator.AskAsync("admin-key", "create", "--name", "ops", "--role", "operator"));
        await scene.Operator.AskAsync("admin-key", "revoke", id);
        return await scene.Operator.RunAsync("admin-key", "rotate", id);
    }

    private static async Task<Operator.Heard> NameTakenAsync(Scene scene)
    {
        await CreateAsync(scene);
        return await CreateAsync(scene);
    }

    private static async Task<Operator.Heard> BrokenAsync(Scene scene)
    {
        await scene.Operator.NewDeveloperAsync();
        await scene.Engine.ExecuteAsync("DROP TRIGGER audit_log_unchanged");
        await scene.Engine.ExecuteAsync("UPDATE audit_log SET actor_id = 'somebody'");
        return await scene.Operator.RunAsync("audit", "verify");
    }
}
