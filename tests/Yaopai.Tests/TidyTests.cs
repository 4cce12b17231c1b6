using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Logging;
using Yaopai.Errors;
using Yaopai.Server;

namespace Yaopai.Tests;

/// <summary>The architecture, held where folders alone cannot hold it.</summary>
public sealed class TidyTests
{
    /// <summary>The rooms that know neither wire nor database.</summary>
    private static readonly string[] s_domain =
        ["Stores", "Keys", "Apps", "Identifiers", "Credentials", "Consents", "Accounts", "Organisations", "Queues", "Events",
            "DataStore", "ShortLinks", "Attendance", "Knowledge", "Provisioning", "Messages", "Todos", "Recognition", "Marketplace",
            "Administration"];

    /// <summary>Every room, the lowest first, and the rooms that it may name: a picture that can have no circle.</summary>
    private static readonly (string Room, string[] MayName)[] s_rooms =
    [
        ("Stores",      []),
        ("Keys",        ["Stores"]),
        ("Apps",        ["Keys", "Stores"]),
        ("Identifiers", ["Keys", "Stores"]),
        ("Credentials", ["Apps", "Keys", "Stores"]),
        ("Consents",    ["Credentials", "Apps", "Keys", "Stores"]),
        ("Accounts",    ["Consents", "Credentials", "Apps", "Keys", "Stores"]),
        ("Organisations", ["Accounts", "Apps", "Keys", "Stores"]),
        ("Queues",      []),
        ("Events",      ["Queues", "Apps", "Keys", "Stores"]),
        ("Provisioning", ["Organisations", "Queues", "Accounts", "Apps", "Stores"]),
        ("DataStore",   ["Apps", "Stores"]),
        ("ShortLinks",  ["Apps", "Stores"]),
        ("Attendance",  []),
        ("Knowledge",   []),
        ("Messages",    ["Accounts", "Apps"]),
        ("Todos",       ["Apps"]),
        ("Recognition", ["Accounts"]),
        ("Marketplace", ["Keys"]),
        ("Administration", ["Stores"]),
        ("Upstreams",   ["Apps", "Keys", "Stores"]),
        ("Storage",     ["Upstreams", .. s_domain]),
        ("Hosting",     ["Storage", "Keys", "Stores"]),
        ("Gateway",     [.. s_domain]),
        ("OAuth",       ["Gateway", .. s_domain]),
        ("Surfaces",    ["Upstreams", "OAuth", "Gateway", .. s_domain]),
        ("Pages",       ["OAuth", "Gateway", .. s_domain]),
        ("Journal",     ["Gateway", .. s_domain]),
        ("Sandbox",     ["Journal", "Hosting", "Pages", "Upstreams", "OAuth", "Gateway", .. s_domain]),
        // each verb puts the domain together
        ("Admin",       [Rooms.Root, "Journal", "Hosting", "Upstreams", "Storage", "OAuth", "Gateway", .. s_domain]),
    ];

    /// <summary>Words of one platform, which only its surface says: patterns, a line a platform.</summary>
    private static readonly string[] s_words =
    [
        "huawei", @"\bhms\b", "quick_?login", @"\bnsp_",
        "baidu", "open ?api", "netdisk", "hao123", "super_msg",
        "we_?link", "we_?chat", "weixin", @"\bwx_",
    ];

    [Fact]
    public void A_room_names_only_rooms_below_it()
    {
        Assert.Equal(Rooms.All.Order(), s_rooms.Select(row => row.Room).Order());
        for (var at = 0; at < s_rooms.Length; at++)
        {
            var below = s_rooms[..at].Select(row => row.Room).Append(Rooms.Root);
            Assert.All(s_rooms[at].MayName, named => Assert.Contains(named, below));
        }

        var strays = new List<(string File, string Room)>();
        foreach (var (room, mayName) in s_rooms)
        {
            Assert.NotEmpty(Rooms.FilesOf(room));
            strays.AddRange(
                from file in Rooms.FilesOf(room)
                from named in Rooms.NamedIn(file)
                where named != room && !mayName.Contains(named)
                select (file.Path, named));
        }

        Assert.Empty(strays);
    }

    [Fact]
    public void Only_storage_knows_how_a_database_is_spoken_to() =>
        Forbid(Rooms.Everything.Where(file => file.Room is not "Storage"), @"\b(Dapper|Npgsql|Microsoft\.Data|SQLitePCL)\b");

    [Fact]
    public void The_domain_knows_nothing_of_HTTP_servers() => Forbid(
        FilesOf([.. s_domain, "Upstreams", "Storage"]),
        @"\bMicrosoft\.AspNetCore\b|\b(HttpContext|HttpRequest|HttpResponse|IResult|IFormCollection|IHeaderDictionary|PathString)\b"
        + @"|\b(QueryString|StatusCodes|CookieOptions|WebApplication|IEndpointRouteBuilder)\b",
        "Accounts/Passwords.cs",        // the hasher of ASP.NET Core Identity, which serves nothing
        "Accounts/PasswordHashing.cs"); // its answer

    [Fact]
    public void The_domain_names_no_error_of_a_catalogue() => Forbid(FilesOf([.. s_domain, "Upstreams", "Storage"]), @"\bYaopai\.Errors\b");

    [Fact]
    public void What_all_surfaces_share_names_no_error_of_one() =>
        Forbid(FilesOf(["Gateway", "OAuth"]), $@"\b({string.Join('|', ErrorCatalogue.Surfaces.Select(surface => surface.Name))})Errors\b");

    [Fact]
    public void Only_a_surface_says_the_words_of_its_platform()
    {
        string[] rooms = [.. s_domain, "Storage", "Gateway", "OAuth"];
        Forbid(FilesOf(rooms), $"(?i){string.Join('|', s_words)}");
    }

    [Fact]
    public void A_surface_never_uses_another_surface()
    {
        var folders = Directory.GetDirectories(Path.Combine(Rooms.Server, "Surfaces"));
        string[] surfaces = [.. folders.Select(folder => Path.GetFileName(folder)!)];
        Assert.NotEmpty(surfaces);
        foreach (var surface in surfaces)
        {
            var others = string.Join('|', surfaces.Where(other => other != surface));
            Forbid(
                Rooms.FilesOf("Surfaces").Where(file => file.Path.StartsWith($"Surfaces/{surface}/", StringComparison.Ordinal)),
                $@"\bSurfaces\.({others})\b|(?<![\w.])({others})\.[A-Z]|\b({others})Errors\b");
        }
    }

    /// <summary>What draws past the seed could not repeat under it.</summary>
    [Fact]
    public void Chance_is_drawn_in_one_place() => Forbid(
        Rooms.Everything,
        @"\bRandomNumberGenerator\b|\bGuid\.(NewGuid|CreateVersion7)\b|\bnew Random\(|\bRandom\.Shared\b",
        "Randomness.cs",
        // what no seed may ever tell
        "Keys/MasterKey.cs", "Keys/MasterKeySource.cs", "Keys/StandInKeys.cs", "Administration/AdminKeyText.cs",
        "Hosting/Tls/DevelopmentCertificate.cs",
        "Keys/PrivateFile.cs", "Storage/Sqlite/SqliteFile.cs", "Sandbox/Snapshots/SnapshotFolder.cs", // names of files for a moment
        "Storage/Sqlite/SqliteFaults.cs", "Storage/Postgres/PostgresFaults.cs", // what is not there
        "Upstreams/WeChat/WeChatTokens.cs", // who holds a lease
        "Events/EventDelivery.cs", // how long until the next try
        "Sandbox/Fault.cs"); // has a seed of its own

    [Fact]
    public void Lines_of_the_log_stand_in_one_file() => Forbid(
        Rooms.Everything,
        @"\bLoggerMessage\(|\.Log(Trace|Debug|Information|Warning|Error|Critical)\(",
        "LogMessages.cs");

    [Fact]
    public void Each_line_of_the_log_has_an_id_of_its_own()
    {
        var lines = typeof(LogMessages).GetMethods().Select(method => method.GetCustomAttribute<LoggerMessageAttribute>())
            .OfType<LoggerMessageAttribute>().ToList();

        Assert.NotEmpty(lines);
        Assert.Equal(lines.Count, lines.Select(line => line.EventId).Distinct().Count());
        Assert.All(lines, line => Assert.InRange(line.EventId, 1001, 1999));
    }

    private static IEnumerable<SourceFile> FilesOf(IEnumerable<string> rooms) => rooms.SelectMany(Rooms.FilesOf);

    /// <param name="excepted">Files in which it is allowed, and has to be found: what is no longer needed goes.</param>
    private static void Forbid(IEnumerable<SourceFile> files, string pattern, params string[] excepted)
    {
        var read = files.ToArray();
        Assert.NotEmpty(read);
        var found = read.Where(file => Regex.IsMatch(file.Text, pattern)).Select(file => file.Path);
        Assert.Equal(excepted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Nothing_is_left_for_later_or_silenced_without_a_reason()
    {
        foreach (var file in Sources())
        {
            var text = File.ReadAllText(file);
            Assert.DoesNotMatch(@"\b(TODO|FIXME|HACK)\b", text);
            Assert.DoesNotMatch(@"#pragma warning disable [A-Z0-9]+\s*$", text);
        }
    }

    [Fact]
    public void No_line_is_wider_than_140_columns()
    {
        var wide = new List<string>();
        foreach (var folder in new[] { "src", "gen", "tests", "bench", "samples" })
        {
            string[] files = [.. from pattern in new[] { "*.cs", "*.razor" } from file in FilesBelow(folder, pattern) select file];
            Assert.NotEmpty(files);
            wide.AddRange(
                from file in files
                from line in File.ReadLines(file).Index()
                where line.Item.Length > 140
                select $"{Path.GetRelativePath(Repository.Root, file)}:{line.Index + 1}");
        }

        Assert.True(wide.Count == 0, string.Join('\n', wide));
    }

    [Fact]
    public void Statements_are_constant_and_their_values_are_bound()
    {
        // An interpolated statement may only take constants of this program into it; they are few enough to be named.
        string[] constants = ["RevocationRow.Merge", "PostgresDatabase.Channel", "Channel", "MigrationLock", "Select",
            "SqlRevocationStore.Touching", "IsLocked", "IsCounting", "IsDue", "DueTerms.IsDue", "AssociationDefinitionRow.Select",
            "Columns", "Order", "DepartmentRows.Columns",
            "MemberRows.Columns", "AssociationRow.FirstIsSeen", "AssociationRow.SecondIsSeen"];
        Assert.NotEmpty(Rooms.FilesOf("Storage"));
        foreach (var file in Rooms.FilesOf("Storage"))
        {
            foreach (Match statement in Regex.Matches(file.Text, "\\$+\"\"\"(.*?)\"\"\"|\\$\"([^\"]*)\"", RegexOptions.Singleline))
            {
                if (!Regex.IsMatch(statement.Value, @"\b(SELECT|INSERT|UPDATE|DELETE|LISTEN|NOTIFY)\b"))
                    continue;

                var taken = Regex.Matches(statement.Value, @"\{+([^{}]+)\}+").Select(match => match.Groups[1].Value.Trim());
                Assert.All(taken, name => Assert.Contains(name, constants));
            }
        }
    }

    private static IEnumerable<string> Sources() => FilesBelow("src", "*.cs").Concat(FilesBelow("gen", "*.cs"));

    private static string[] FilesBelow(string folder, string pattern) =>
        Directory.GetFiles(Path.Combine(Repository.Root, folder), pattern, SearchOption.AllDirectories);
}
