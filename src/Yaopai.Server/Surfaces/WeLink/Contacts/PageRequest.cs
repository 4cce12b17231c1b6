using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>A call for a page of what is in a department.</summary>
/// <param name="page">The name of the page's number, which begins with 1.</param>
/// <param name="size">The name of how many are wanted.</param>
internal class PageRequest(Incoming incoming, ContactKit kit, string page, string size, int most) : ContactRequest(incoming, kit)
{
    private const int UsualSize = 10, LastPage = 1_000_000;

    public long Page => ReadOr(page, 1) ?? 0;

    public long Size => ReadOr(size, UsualSize) ?? 0;

    public long Skip => (Page - 1) * Size;

    public bool PageIsNumber => Page is >= 1 and <= LastPage;

    public bool SizeIsNumber => Size >= 1;

    public bool SizeIsWithinLimit => Size <= most;

    private long? ReadOr(string name, long usual) => this[name] is "" ? usual : ClientId.Number(this[name]);
}
