using Yaopai.Tests.Http;

namespace Yaopai.Tests.Gateway.Recipes;

/// <summary>A server for the lines of all recipes, which come from one address and at once.</summary>
public sealed class RecipeServer : ServerFixture
{
    protected override (string Key, string Value)[] Settings =>
    [
        ("Gateway:Deadline", "00:00:10"), // as everywhere but in tests: lines wait longer to be late
        ("Storage:Timeout", "00:00:03"),
        ("Quotas:AddressPerMinute", "0"),
        ("Quotas:DeviceCodesPerMinute", "0"),
        ("Surfaces:Identity:QrCodesPerMinute", "0"),
        ("SignIn:FailuresPerAddress", "1000000"),
        ("Verification:CodesPerAddress", "1000000"),
    ];
}
