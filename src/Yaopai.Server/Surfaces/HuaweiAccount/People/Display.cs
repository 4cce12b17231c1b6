using Yaopai.Server.Accounts;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>How a person is shown to apps that may not know more.</summary>
internal static class Display
{
    /// <summary>The nickname, or else what is left of the account's name when it is masked.</summary>
    public static string NameOf(Account account) => account.Nickname ?? Masked(account);

    /// <summary>The bound number, the mail address or the name, with its middle hidden: <c>182******74</c>.</summary>
    public static string Masked(Account account)
    {
        if (account.BoundPhone is { } phone)
            return Accounts.Masked.Phone(phone);

        return account.Email is { } mail && mail.IndexOf('@') is > 0 and var at
            ? string.Concat(Accounts.Masked.Text(mail[..at], 2, 0), mail.AsSpan(at))
            : Accounts.Masked.Text(account.Name, 1, 1);
    }
}
