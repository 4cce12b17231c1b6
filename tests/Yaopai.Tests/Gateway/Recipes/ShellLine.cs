using System.Diagnostics;
using System.Globalization;

namespace Yaopai.Tests.Gateway.Recipes;

/// <summary>A line of a recipe, run by the shell it is written for.</summary>
internal static class ShellLine
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(45);

    /// <summary>What it printed, what it complained of after that.</summary>
    public static async Task<string> RunAsync(string line)
    {
        var start = new ProcessStartInfo("bash", ["-c", line]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var bash = Process.Start(start)!;
        var output = bash.StandardOutput.ReadToEndAsync();
        var complaints = bash.StandardError.ReadToEndAsync();
        try
        {
            await bash.WaitForExitAsync().WaitAsync(s_longest);
        }
        catch (TimeoutException)
        {
            bash.Kill(entireProcessTree: true);
        }

        return await output + await complaints;
    }

    /// <summary>The last answer that <c>curl -i</c> has written there; null where there is none.</summary>
    public static HttpResponseMessage? LastAnswer(string output)
    {
        var begin = output.LastIndexOf("HTTP/1.1 ", StringComparison.Ordinal);
        var end = begin < 0 ? -1 : output.IndexOf("\r\n\r\n", begin, StringComparison.Ordinal);
        if (end < 0)
            return null;

        var head = output[begin..end].Split("\r\n");
        var answer = new HttpResponseMessage((System.Net.HttpStatusCode)int.Parse(head[0].Split(' ')[1], CultureInfo.InvariantCulture))
        {
            Content = new StringContent(output[(end + 4)..]),
        };
        answer.Content.Headers.ContentType = null;
        foreach (var field in head[1..])
        {
            var (name, value) = (field[..field.IndexOf(':')], field[(field.IndexOf(':') + 1)..].Trim());
            if (!answer.Headers.TryAddWithoutValidation(name, value))
                answer.Content.Headers.TryAddWithoutValidation(name, value);
        }

        return answer;
    }
}
