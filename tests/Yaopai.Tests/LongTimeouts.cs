using System.Runtime.CompilerServices;

namespace Yaopai.Tests;

internal static class LongTimeouts
{
    /// <summary>For every server and verb that a test starts: no time-out that a busy machine could meet.
    /// Tests about time-outs set their own.</summary>
    [ModuleInitializer]
    internal static void Set()
    {
        Environment.SetEnvironmentVariable("YAOPAI_Storage__Timeout", "00:00:30");
        Environment.SetEnvironmentVariable("YAOPAI_Events__Timeout", "00:01:00");
        Environment.SetEnvironmentVariable("YAOPAI_Events__Lease", "00:10:00");
    }
}
