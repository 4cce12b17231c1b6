using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Administration;

namespace Yaopai.Tests.Administration;

public sealed class AuditChainTests
{
    private static readonly AuditRecord s_record = new(
        DateTimeOffset.FromUnixTimeMilliseconds(1_767_225_600_123), new Actor("key", "00000000000000ab", "审计", "192.0.2.7"),
        "app.change", "app", "7", AuditOutcome.Done, Before: null, """{"name":"é"}""");

    private static readonly Dictionary<string, Func<AuditRecord, AuditRecord>> s_changes = new()
    {
        ["at"] = record => record with { At = record.At.AddMilliseconds(1) },
        ["actor kind"] = record => record with { Actor = record.Actor with { Kind = "cli" } },
        ["actor id"] = record => record with { Actor = record.Actor with { Id = "x" } },
        ["actor name"] = record => record with { Actor = record.Actor with { Name = "" } },
        ["address"] = record => record with { Actor = record.Actor with { Address = "192.0.2.8" } },
        ["action"] = record => record with { Action = "app.show" },
        ["object kind"] = record => record with { ObjectKind = "user" },
        ["object id"] = record => record with { ObjectId = "8" },
        ["outcome"] = record => record with { Outcome = AuditOutcome.Unknown },
        ["empty before"] = record => record with { Before = "" },
        ["no after"] = record => record with { After = null },
        ["moved"] = record => record with { Before = record.After, After = null },
        ["a letter over the border"] = record => record with { Action = "app.chang", ObjectKind = "eapp" },
    };

    /// <summary>Written out, so that whoever computes it elsewhere has something to hold their own against.</summary>
    [Fact]
    public void The_hash_is_that_of_the_one_before_and_of_every_value_with_its_length()
    {
        var content = "1:7,13:1767225600123,3:key,16:00000000000000ab,6:审计,9:192.0.2.7,10:app.change,3:app,1:7,4:done,-,"
            + "13:{\"name\":\"é\"},";
        var previous = SHA256.HashData("before"u8);

        Assert.Equal(
            SHA256.HashData([.. previous, .. Encoding.UTF8.GetBytes(content)]), AuditChain.HashOf(7, s_record, previous));
    }

    public static TheoryData<string> Changes { get; } = [.. s_changes.Keys];

    [Theory, MemberData(nameof(Changes))]
    public void Whatever_changes_the_hash_is_another(string change)
    {
        var previous = new byte[AuditChain.HashLength];

        Assert.NotEqual(
            Convert.ToHexString(AuditChain.HashOf(7, s_record, previous)),
            Convert.ToHexString(AuditChain.HashOf(7, s_changes[change](s_record), previous)));
    }
}
