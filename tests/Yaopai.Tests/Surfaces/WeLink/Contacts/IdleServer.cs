using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Queues;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.WeLink.Contacts;

/// <summary>A server that leaves changes of contacts to other nodes, and such a node, which works when it is told to.</summary>
public sealed class IdleServer : ServerFixture
{
    protected override (string Key, string Value)[] Settings =>
        [("Provisioning:Concurrency", "0"), ("Quotas:AddressPerMinute", "0")];

    internal Task<WeLinkCaller> CallerAsync() => WeLinkCaller.OfAppAsync(Server);

    internal async Task<LeasedBatch> TakeAsync() => Assert.IsType<LeasedBatch>(await TryTakeAsync());

    internal Task ApplyAsync(LeasedBatch batch) =>
        Server.Get<IProvisioningQueue>().ApplyAsync(batch, only: null, DateTimeOffset.UtcNow, default);

    /// <summary>All that waits, to its end.</summary>
    internal async Task WorkAsync()
    {
        while (await TryTakeAsync() is { } batch)
            await ApplyAsync(batch);
    }

    private Task<LeasedBatch?> TryTakeAsync() => Server.Get<IProvisioningQueue>().LeaseAsync(
        DemoOrganisations.Welink,
        new LeaseTerms(DateTimeOffset.UtcNow, TimeSpan.FromMinutes(10), TimeSpan.MaxValue, TimeSpan.FromMinutes(1)), 100, default);
}

internal static class ProvisioningWire
{
    /// <summary>A success whose only line says this of the item.</summary>
    public static async Task ShouldSayOfItemAsync(
        this Task<HttpResponseMessage> call, ErrorDefinition expected, string? id = null, string reason = "")
    {
        var response = await call;
        var json = await response.ShouldServeWeLinkAsync();
        var line = Assert.Single(json.GetProperty("data").EnumerateArray());
        var message = reason is "" ? expected.Zh : $"{expected.Zh}：{reason}";
        Assert.Equal((expected.Code, message), (Text(line, "code"), Text(line, "message")));
        if (id is not null)
            Assert.Contains(line.EnumerateObject(), one => one.Name is "corpUserId" or "corpDeptCode" && one.Value.GetString() == id);
        Provoked.Record(expected, response, json.GetRawText());
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();
}

/// <summary>Items that are good, and of which a test changes what it is about.</summary>
internal static class Items
{
    private static int s_last = Random.Shared.Next(10_000_000, 90_000_000);

    public static string NewId(string prefix = "u") => $"{prefix}{Samples.NewId()}";

    public static string NewMobile() => $"+86-138{Interlocked.Increment(ref s_last):00000000}";

    /// <summary>As the first generation has it.</summary>
    public static Dictionary<string, object?> Person(params (string Name, object? Value)[] changes) => With(new()
    {
        ["corpUserId"] = NewId(),
        ["userNameCn"] = "张三",
        ["sex"] = "M",
        ["mobileNumber"] = NewMobile(),
        ["phoneNumber"] = "+86-13900000000",
        ["corpDeptCode"] = "0",
        ["isOpenAccount"] = 1,
        ["valid"] = "1",
        ["isHideMobileNumber"] = 0,
        ["orderInDepts"] = 1,
    }, changes);

    /// <summary>As the second version of it has it.</summary>
    public static Dictionary<string, object?> PersonV2(params (string Name, object? Value)[] changes) => With(new()
    {
        ["corpUserId"] = NewId(),
        ["userNameCn"] = "李四",
        ["userNameEn"] = "Li Si",
        ["sex"] = "F",
        ["mobileNumber"] = NewMobile(),
        ["corpDeptCode"] = new[] { "0" },
        ["mainCorpDept"] = "0",
        ["orderInDepts"] = new Dictionary<string, int> { ["0"] = 7 },
        ["userEmail"] = $"{NewId()}@company.example",
        ["isOpenAccount"] = "1",
        ["valid"] = 1,
        ["extAttr"] = new Dictionary<string, string> { ["seat"] = "B-12" },
    }, changes);

    public static Dictionary<string, object?> Department(params (string Name, object? Value)[] changes) => With(new()
    {
        ["corpDeptCode"] = NewId("d"),
        ["corpParentCode"] = "0",
        ["deptNameCn"] = "研发部",
        ["deptNameEn"] = "Research",
        ["deptLevel"] = 1,
        ["valid"] = 1,
        ["orderNo"] = "5",
        ["visibleRange"] = 1,
    }, changes);

    public static object People(params object[] items) => new Dictionary<string, object> { ["personInfo"] = items };

    public static object Departments(params object[] items) => new Dictionary<string, object> { ["deptInfo"] = items };

    public static Dictionary<string, object?> With(this Dictionary<string, object?> item, params (string Name, object? Value)[] changes)
    {
        foreach (var (name, value) in changes)
            item[name] = value;
        return item.Where(one => one.Value is not null).ToDictionary();
    }
}
