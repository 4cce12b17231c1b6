using System.Collections.Frozen;

namespace Yaopai.Server.Accounts.Risk;

/// <summary>Mail domains where anybody has any address for ten minutes.</summary>
internal static class DisposableDomains
{
    private static readonly FrozenSet<string> s_domains =
        EmbeddedTable.Rows("Risk.DisposableDomains.tsv").Select(row => row[0]).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    private static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> s_lookup =
        s_domains.GetAlternateLookup<ReadOnlySpan<char>>();

    public static IReadOnlyCollection<string> All => s_domains;

    /// <summary>The domain of the address is one of them, or below one.</summary>
    public static bool Hold(string mail)
    {
        var domain = mail.AsSpan(mail.LastIndexOf('@') + 1).TrimEnd('.');
        while (!s_lookup.Contains(domain))
        {
            var dot = domain.IndexOf('.');
            if (dot < 0)
                return false;

            domain = domain[(dot + 1)..];
        }

        return true;
    }
}
