using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Sql.Apps;
using E = Yaopai.Errors.OperatorErrors;

namespace Yaopai.Tests.Admin.Causes;

internal static class CausesInVerbs
{
    private const string Header = "code\tmodule\tname\thttp\tzh\ten\tremedy_zh\tremedy_en\tretry\taudience\n";

    public static IReadOnlyList<Cause> All { get; } =
    [
        new(E.CommandLine.VerbUnknown,      2, _ => Operator.OfflineAsync("exlain", "20155")),
        new(E.CommandLine.OptionRefused,    2, _ => Operator.OfflineAsync("app", "list", "--take", "0")),
        new(E.Catalogue.ErrorUnknown,       1, _ => Operator.OfflineAsync("errors", "explain", "2-99-999")),
        new(E.Catalogue.TableFaulty,        1, scene => WithTableAsync(scene, Header + "2-05-001\tPay", "list", [])),
        new(E.Catalogue.TableNotNumbered,   1, scene => WithTableAsync(scene, "code\tname\n", "modules", [])),
        new(E.Catalogue.ModuleFull,         1, scene => WithTableAsync(scene, Header + Rows(999), "next", ["2-05"])),
        new(E.Catalogue.ModuleUnnamed,      2, scene => WithTableAsync(scene, Header, "next", ["2-05", "--add", "Declined"])),
        new(E.Catalogue.NameTaken,          1, scene => WithTableAsync(scene, Header + Rows(1), "next", ["2-05", "--add", "Name1"])),
        new(E.Catalogue.TableBusy,          1, TableBusyAsync),
        new(E.Apps.AppUnknown,              1, scene => scene.Operator.RunAsync("app", "show", "42")),
        new(E.Apps.AppWithoutSecret,        1, scene => WithAppAsync(scene, ["--public"], id => ["app", "secret", "rotate", id])),
        new(E.Apps.ScopeNotApplied,         2, scene => WithAppAsync(scene, [], id => ["app", "change", id, "--approve-scope", "profile"])),
        new(E.Apps.ScopesTooLong,           2,
            scene => WithAppAsync(scene, [], id => ["app", "change", id, "--scope", Long, "--approve-scope", Long])),
        new(E.Apps.ServiceAccountsFull,     1, ServiceAccountsFullAsync),
        new(E.Apps.ServiceAccountUnknown,   1, scene => WithAppAsync(scene, [], id => ["app", "service-account", "remove", id, "none"])),
        new(E.Apps.PublicKeyUnusable,       2, scene => WithAppAsync(
            scene, [], id => ["app", "service-account", "add", id, "--public-key", scene.Write("key.pem", "no key")])),
        new(E.Apps.EventUnknown,            1,
            scene => WithAppAsync(scene, [], id => ["app", "events", "retry", id, $"{Guid.NewGuid():n}"])),
        new(E.Apps.EventNameMalformed,      2, scene => WithAppAsync(scene, [], id => ["app", "events", "retry", id, "first"])),
        new(E.Users.UserUnknown,            1, scene => scene.Operator.RunAsync("user", "show", "nobody")),
        new(E.Users.NameTaken,              1, NameTakenAsync),
        new(E.Users.PhoneTaken,             1, PhoneTakenAsync),
        new(E.Users.PhoneNotTheirs,         1, scene => WithUserAsync(scene, "change", "--remove-phone", "+8613912345678")),
        new(E.Users.PhoneMalformed,         2, scene => WithUserAsync(scene, "change", "--phone", "12a")),
        new(E.Users.MailMissing,            2, scene => WithUserAsync(scene, "change", "--mail-verified", "true")),
        new(E.Users.PasswordUnacceptable,   2, scene => WithUserAsync(scene, "change", "--password", "short")),
        new(E.Users.RealNameMissing,        1, scene => WithUserAsync(scene, "real-name", "show")),
        new(E.Users.RealNameLevelUnfit,     2,
            scene => WithUserAsync(scene, "real-name", "set", "--name", "张三", "--number", "11010519491231002X", "--level", "25")),
        new(E.Users.IdentityNumberInvalid,  2,
            scene => WithUserAsync(scene, "real-name", "set", "--name", "张三", "--number", "110105194912310021")),
        new(E.Users.FriendOfThemselves,     2, FriendOfThemselvesAsync),
        new(E.Owners.DeveloperUnknown,      1, scene => scene.Operator.RunAsync("developer", "show", "42")),
        new(E.Owners.GroupUnknown,          1, scene => scene.Operator.RunAsync("group", "show", "42")),
    ];

    private static string Long => string.Join(' ', Enumerable.Range(0, 151).Select(number => $"https://scopes.example/{number:000}"));

    private static string Rows(int count) => string.Concat(
        Enumerable.Range(1, count)
            .Select(number => ErrorTable.Draft(new ServiceErrorCode(ServiceErrorLevel.Service, 5, number), "Pay", $"Name{number}") + "\n"));

    private static Task<Operator.Heard> WithTableAsync(Scene scene, string table, string verb, string[] args) =>
        Operator.OfflineAsync(["errors", verb, .. args, "--file", scene.Write("Shop.tsv", table)]);

    private static async Task<Operator.Heard> TableBusyAsync(Scene scene)
    {
        var file = scene.Write("Shop.tsv", Header);
        await using var other = new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        return await Operator.OfflineAsync("errors", "next", "2-05", "--module", "Pay", "--add", "Declined", "--file", file);
    }

    private static async Task<Operator.Heard> WithAppAsync(Scene scene, string[] options, Func<string, string[]> args) =>
        await scene.Operator.RunAsync(args(Operator.Id(await scene.Operator.NewAppAsync(options))));

    private static async Task<Operator.Heard> ServiceAccountsFullAsync(Scene scene)
    {
        var id = Operator.Id(await scene.Operator.NewAppAsync());
        var store = new SqlAppStore(scene.Engine.Database);
        var app = (await store.FindAsync(long.Parse(id), default))!;
        var (account, _) = ServiceAccountKeys.Make();
        await store.TryChangeAsync(app with { ServiceAccounts = [.. Enumerable.Repeat(account, ServiceAccount.MostOfAnApp)] }, default);
        return await scene.Operator.RunAsync("app", "service-account", "add", id);
    }

    private static async Task<Operator.Heard> NameTakenAsync(Scene scene)
    {
        var other = await scene.Operator.NewUserAsync();
        return await scene.Operator.RunAsync("user", "create", "--name", other.GetProperty("name").GetString()!, "--region", "CN");
    }

    private static async Task<Operator.Heard> PhoneTakenAsync(Scene scene)
    {
        await scene.Operator.NewUserAsync("--phone", "+8613912345678");
        return await scene.Operator.RunAsync("user", "create", "--name", "second", "--region", "CN", "--phone", "+8613912345678");
    }

    private static async Task<Operator.Heard> FriendOfThemselvesAsync(Scene scene)
    {
        var id = Operator.Id(await scene.Operator.NewUserAsync());
        return await scene.Operator.RunAsync("user", "friend", "add", id, id);
    }

    private static async Task<Operator.Heard> WithUserAsync(Scene scene, params string[] args)
    {
        var id = Operator.Id(await scene.Operator.NewUserAsync());
        var verbs = args[0] is "real-name" ? 2 : 1;
        return await scene.Operator.RunAsync(["user", .. args[..verbs], id, .. args[verbs..]]);
    }
}
