[assembly: AssemblyFixture(typeof(Yaopai.Tests.Http.SharedServer))]

namespace Yaopai.Tests.Http;

/// <summary>The server of all classes that only read what is there, or change nothing but an app that they made for it.</summary>
public sealed class SharedServer : ServerFixture
{
    /// <summary>All tests come from one address.</summary>
    protected override (string Key, string Value)[] Settings =>
    [
        ("Quotas:AddressPerMinute", "0"),
        ("Quotas:DeviceCodesPerMinute", "0"),
        ("Quotas:UserCodesPerMinute", "0"),
        ("Surfaces:Identity:QrCodesPerMinute", "0"),
        ("SignIn:FailuresPerAddress", "1000000"),
        ("Verification:CodesPerAddress", "1000000"),
    ];
}
