namespace Yaopai.Tests.Docs;

public sealed class LinkTests
{
    public static TheoryData<string> Pages { get; } = [.. Document.All];

    [Theory, MemberData(nameof(Pages))]
    public void Every_link_of_a_page_leads_somewhere(string path) => Assert.Empty(
        from link in new Document(path).Links()
        let target = Path.Combine(Repository.Root, Path.GetDirectoryName(path)!, link)
        where !File.Exists(target) && !Directory.Exists(target)
        select link);

    [Theory, MemberData(nameof(Pages))]
    public void Every_page_under_docs_is_reached_from_the_readme(string path) => Assert.Contains(path, Reached(["README.md"]));

    private static HashSet<string> Reached(HashSet<string> pages)
    {
        for (var before = 0; before < pages.Count;)
        {
            before = pages.Count;
            foreach (var page in pages.ToList())
                pages.UnionWith(new Document(page).Links().Select(link => Document.Resolve(page, link)).SelectMany(PagesAt));
        }

        return pages;
    }

    /// <summary>The page; of a folder, all its pages, which its listing shows.</summary>
    private static IEnumerable<string> PagesAt(string target) =>
        Directory.Exists(Path.Combine(Repository.Root, target))
            ? Document.All.Where(page => Path.GetDirectoryName(page) == target.TrimEnd('/'))
            : Document.All.Where(page => page == target);
}
