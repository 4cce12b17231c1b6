using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Identity;
using Yaopai.Server.Accounts;

namespace Yaopai.Tests;

internal static class QuickPasswords
{
    /// <summary>More than the demo data has, whose hashes are made anew at the first sign-in as they are in the program.</summary>
    private const int Iterations = 2_000;

    /// <summary>For every server that a test starts in this process: sign-ins do not wait for a hash that is slow on purpose.</summary>
    [ModuleInitializer]
    internal static void Set()
    {
        var hasher = typeof(Passwords).GetField("s_hasher", BindingFlags.Static | BindingFlags.NonPublic)!.GetValue(null);
        typeof(PasswordHasher<object>).GetField("_iterCount", BindingFlags.Instance | BindingFlags.NonPublic)!.SetValue(hasher, Iterations);
    }
}
