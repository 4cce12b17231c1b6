using System.CommandLine;
using System.Text.Json;
using Yaopai.Server.Admin;
using Yaopai.Server.Administration;
using Yaopai.Server.Storage.Sql.Administration;

namespace Yaopai.Tests.Admin;

/// <summary>What is done at the command line is in the audit log.</summary>
public sealed class AuditVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    /// <summary>They change nothing of the platform's, or only this machine.</summary>
    private static readonly string[] s_reading =
    [
        "serve", "explain", "errors.list", "errors.explain", "errors.lint", "errors.next", "errors.modules", "errors.export", "backup",
        "certificate", "audit.list", "audit.verify", "app.wechat.show", "user.real-name.uses",
    ];

    private readonly Operator _operator = desk.Operator;

    /// <summary>A good call of each changing verb. Words in braces stand for what <see cref="MadeAsync"/> made.</summary>
    private static readonly (string Call, string Typed)[] s_calls =
    [
        ("group create --name A", ""), ("group change {group} --name B", ""), ("group disable {group}", ""), ("group enable {group}", ""),
        ("developer create --name A", ""), ("developer change {developer} --name B", ""), ("developer disable {developer}", ""),
        ("developer enable {developer}", ""),
        ("app create --name A --developer {developer}", ""), ("app change {app} --name B", ""), ("app disable {app}", ""),
        ("app enable {app}", ""), ("app secret rotate {app}", ""),
        ("app events set {app} --callback https://app.example/", ""), ("app events clear {app}", ""), ("app events retry {app}", ""),
        ("app wechat set {app} --kind official --wechat-app-id wx0123456789abcdef", "0123456789abcdef0123456789abcdef\n"),
        ("app wechat remove {app} --kind official", ""),
        ("app market set-key {app}", "0123456789abcdef\n"), ("app market remove-key {app}", ""),
        ("app market bind {app} --customer c1 --tenant {tenant}", ""),
        ("app service-account add {app}", ""), ("app service-account remove {app} {service}", ""),
        ("user create --name {guid} --region CN", ""), ("user change {user} --nickname 小明", ""), ("user disable {user}", ""),
        ("user enable {user}", ""), ("user recycle {user}", ""), ("user restore {user}", ""), ("user unlock {user}", ""),
        ("user end-sessions {user}", ""),
        ("user real-name set {user} --name 张三 --number 11010519491231002X", ""), ("user real-name clear {user}", ""),
        ("user friend add {user} {friend}", ""), ("user friend remove {user} {friend}", ""),
        ("user second-factor remove {user}", ""),
        ("user access-key issue {user}", ""), ("user access-key withdraw {user}", ""), ("user delete {friend}", ""),
        ("tenant create --name A --name-en A --domain d{guid}", ""), ("tenant change {tenant} --name B", ""),
        ("tenant disable {tenant}", ""), ("tenant enable {tenant}", ""), ("tenant home {isv} --tenant {tenant} --isv", ""),
        ("tenant subscribe {other} {isv}", ""), ("tenant unsubscribe {other} {isv}", ""),
        ("tenant account create {tenant} news --name A", ""),
        ("keys rotate sealing", ""),
        ("admin-key create --name {guid} --role auditor", ""), ("admin-key rotate {key}", ""), ("admin-key revoke {key}", ""),
    ];

    [Fact]
    public async Task Every_verb_that_changes_something_writes_an_entry_without_its_secrets()
    {
        var made = await MadeAsync();
        var missed = new List<string>();
        foreach (var (call, typed) in s_calls)
        {
            var args = Filled(call, made).Split(' ');
            var before = await EntriesAsync();
            var heard = await _operator.RunTypingAsync(typed, [.. args, "--json"]);
            Assert.True(heard.ExitCode == 0, $"{call}: {heard.Error}");
            var written = (await EntriesAsync()).Skip(before.Count).ToList();
            if (written is not [{ Record: { Actor.Kind: Actor.OfCommandLine, Outcome: AuditOutcome.Done } record }])
            {
                missed.Add(call);
                continue;
            }

            Assert.Equal(VerbOf(args).Split('.')[0].TrimEnd('s'), record.ObjectKind.TrimEnd('s'));
            Assert.NotEqual("", record.ObjectId);
            foreach (var secret in SecretsIn(heard.Output).Append(typed.Trim()).Where(secret => secret is not ""))
                Assert.DoesNotContain(secret, $"{record.Before}{record.After}", StringComparison.Ordinal);
        }

        Assert.Empty(missed);
        Assert.Null((await new AuditVerification(Store).RunAsync(remembered: null, default)).Fault);
    }

    /// <summary>A verb that is new is either in the table above, or among those that change nothing.</summary>
    [Fact]
    public void No_verb_is_forgotten()
    {
        var verbs = Leaves(CommandLine.Tree(), "").Where(verb => !s_reading.Contains(verb)
            && verb.Split('.')[^1] is not ("list" or "show")).Order();

        // the two need a member of an organisation, who comes by another way than the command line
        string[] elsewhere = ["tenant.admin.grant", "tenant.admin.withdraw"];
        Assert.Equal(s_calls.Select(call => VerbOf(call.Call.Split(' '))).Concat(elsewhere).Distinct().Order(), verbs);
    }

    [Fact]
    public async Task What_is_refused_writes_none()
    {
        var before = await EntriesAsync();
        Assert.NotEqual(0, (await _operator.RunAsync("app", "change", "42", "--name", "A")).ExitCode);
        Assert.NotEqual(0, (await _operator.RunAsync("developer", "create", "--name", "A", "--group", "42")).ExitCode);
        Assert.NotEqual(0, (await _operator.RunAsync("user", "friend", "add", "nobody", "none")).ExitCode);

        Assert.Equal(before.Count, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task The_list_shows_who_did_what_and_verify_that_the_chain_holds()
    {
        var developer = await _operator.NewDeveloperAsync();
        await _operator.AskAsync("developer", "change", developer, "--name", "Renamed");

        var listed = await _operator.AskAsync("audit", "list", "--object-kind", "developer", "--object", developer);
        var table = await _operator.RunAsync("audit", "list", "--take", "1");
        var verified = await _operator.AskAsync("audit", "verify");
        var remembered = await _operator.AskAsync("audit", "verify", "--head", verified.GetProperty("head").GetString()!);

        var entry = listed.EnumerateArray().First();
        Assert.Equal(
            ["developer.change", "cli", Environment.UserName],
            new[] { "action", "actor_kind", "actor_id" }.Select(name => entry.GetProperty(name).GetString()));
        Assert.Contains("\"name\":\"Owner\"", entry.GetProperty("before").GetString(), StringComparison.Ordinal);
        Assert.Contains("\"name\":\"Renamed\"", entry.GetProperty("after").GetString(), StringComparison.Ordinal);
        Assert.Matches("^SEQUENCE +AT +ACTOR ID +ACTOR NAME +ACTION +OBJECT KIND +OBJECT ID +OUTCOME$", table.Lines[0]);
        Assert.True(verified.GetProperty("holds").GetBoolean());
        Assert.True(remembered.GetProperty("holds").GetBoolean());
    }

    /// <summary>An audit log is for ever, and a person may ask to be forgotten.</summary>
    [Fact]
    public async Task Of_people_the_log_keeps_nothing_that_says_who_they_are()
    {
        var name = $"zhangwei-{Guid.NewGuid():n}";
        var user = await _operator.AskAsync(
            "user", "create", "--name", name, "--region", "CN", "--nickname", "张伟大", "--mail", "zhangwei@a.example", "--phone",
            "+8613912345678", "--profile", "job=teacher");
        await _operator.AskAsync("user", "delete", name);

        var kept = string.Concat((await EntriesAsync()).Where(entry => entry.Record.ObjectId == Operator.Id(user))
            .Select(entry => $"{entry.Record}"));
        Assert.Contains("user.delete", kept, StringComparison.Ordinal);
        foreach (var personal in new[] { name, "张伟大", "zhangwei@a.example", "13912345678", "teacher" })
            Assert.DoesNotContain(personal, kept, StringComparison.Ordinal);
    }

    private SqlAuditStore Store => new(desk.Engine.Database);

    private Task<IReadOnlyList<AuditEntry>> EntriesAsync() => Store.ReadAsync(0, 1000, default);

    private static IEnumerable<string> Leaves(Command command, string path) => command.Subcommands.Count == 0
        ? [path]
        : command.Subcommands.SelectMany(verb => Leaves(verb, path is "" ? verb.Name : $"{path}.{verb.Name}"));

    private static string VerbOf(string[] args)
    {
        var (command, words) = (CommandLine.Tree() as Command, new List<string>());
        foreach (var arg in args)
        {
            if (command.Subcommands.FirstOrDefault(verb => verb.Name == arg) is not { } verb)
                break;
            command = verb;
            words.Add(arg);
        }

        return string.Join('.', words);
    }

    private static IEnumerable<string> SecretsIn(string json) =>
        from member in JsonDocument.Parse(json).RootElement.EnumerateObject()
        where member.Name is "client_secret" or "password" or "access_key" or "private_key" or "key"
        select member.Value.GetString()!;

    private static string Filled(string call, IReadOnlyDictionary<string, string> made) => made.Aggregate(
        call.Replace("{guid}", $"{Guid.NewGuid():n}", StringComparison.Ordinal),
        (text, pair) => text.Replace($"{{{pair.Key}}}", pair.Value, StringComparison.Ordinal));

    private async Task<Dictionary<string, string>> MadeAsync()
    {
        var app = Operator.Id(await _operator.NewAppAsync());
        return new()
        {
            ["group"] = Operator.Id(await _operator.AskAsync("group", "create", "--name", "A")),
            ["developer"] = await _operator.NewDeveloperAsync(),
            ["app"] = app,
            ["isv"] = Operator.Id(await _operator.NewAppAsync()),
            ["service"] = (await _operator.AskAsync("app", "service-account", "add", app)).GetProperty("key_id").GetString()!,
            ["user"] = Operator.Id(await _operator.NewUserAsync()),
            ["friend"] = Operator.Id(await _operator.NewUserAsync()),
            ["tenant"] = Operator.TenantId(await _operator.NewTenantAsync()),
            ["other"] = Operator.TenantId(await _operator.NewTenantAsync()),
            ["key"] = Operator.Id(await _operator.AskAsync("admin-key", "create", "--name", $"{Guid.NewGuid():n}", "--role", "owner")),
        };
    }
}
