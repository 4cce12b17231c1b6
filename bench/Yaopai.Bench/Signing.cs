using System.Diagnostics;
using System.Security.Cryptography;

namespace Yaopai.Bench;

/// <summary>The RSA-2048 signing rate of all cores, with nothing around it.</summary>
internal static class Signing
{
    public static Task<double> PerSecondAsync(TimeSpan time) => Task.Run(async () =>
    {
        var counts = await Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount)
            .Select(_ => Task.Factory.StartNew(
                () => Count(time), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return counts.Sum();
    });

    private static double Count(TimeSpan time)
    {
        using var rsa = RSA.Create(2048);
        var data = new byte[700]; // about as long as what an ID token signs
        var signature = new byte[256];
        rsa.SignData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

        var began = Stopwatch.GetTimestamp();
        var count = 0;
        for (; Stopwatch.GetElapsedTime(began) < time; count++)
            rsa.SignData(data, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return count / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
