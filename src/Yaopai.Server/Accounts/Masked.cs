namespace Yaopai.Server.Accounts;

/// <summary>What is left of something personal when its middle is hidden.</summary>
internal static class Masked
{
    /// <summary><c>182******74</c></summary>
    public static string Phone(PhoneNumber phone) => Text(phone.National, 3, 2);

    /// <summary>The nickname, or else the account's name with its middle hidden: enough for a person to know it is theirs.</summary>
    public static string Person(Account account) => account.Nickname ?? Text(account.Name, 1, 1);

    public static string Text(string text, int head, int tail) => text.Length <= head + tail
        ? new string('*', text.Length)
        : string.Concat(text.AsSpan(0, head), new string('*', text.Length - head - tail), text.AsSpan(text.Length - tail));
}
