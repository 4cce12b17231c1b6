namespace Yaopai.Server.Accounts;

/// <summary>What is left of something personal when its middle is hidden.</summary>
internal static class Masked
{
    /// <summary><c>182******74</c></summary>
    public static string Phone(PhoneNumber phone) => Text(phone.National, 3, 2);

    public static string Text(string text, int head, int tail) => text.Length <= head + tail
        ? new string('*', text.Length)
        : string.Concat(text.AsSpan(0, head), new string('*', text.Length - head - tail), text.AsSpan(text.Length - tail));
}
