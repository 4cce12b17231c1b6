using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Yaopai.BrowserTests.Harness;

/// <summary>What a browser complains of while it is used, and what no page of ours may make it do.</summary>
internal sealed partial class Complaints
{
    private readonly List<string> _complaints = [];
    private readonly List<(string Address, string Text)> _consoleErrors = [];
    private readonly HashSet<string> _refused = [];
    private readonly HashSet<string> _known;
    private readonly IPage _page;

    public Complaints(IPage page, Uri server)
    {
        _page = page;
        _known = [server.Authority];
        page.PageError += (_, error) => _complaints.Add($"script error: {error}");
        page.Console += (_, message) =>
        {
            if (message.Type is "error")
                // violations of the content security policy, too
                _consoleErrors.Add((LineAndColumn.Replace(message.Location, ""), message.Text));
        };
        page.Request += (_, request) =>
        {
            if (!request.Url.StartsWith("data:", StringComparison.Ordinal) && !_known.Contains(new Uri(request.Url).Authority))
                _complaints.Add($"a request to somebody else: {request.Url}");
        };
        page.Response += (_, response) => Note(response);
    }

    /// <summary>HTTP status of the page that is shown.</summary>
    public int Status { get; private set; }

    public IEnumerable<string> All => _complaints.Concat(
        from error in _consoleErrors
        where !_refused.Contains(error.Address)
        select $"{error.Text} ({error.Address})");

    /// <summary>Somebody else whom the browser may meet all the same.</summary>
    public void Allow(Uri other) => _known.Add(other.Authority);

    /// <summary>A page that is a refusal (4xx) may be what the test is about; anything else that fails never is.</summary>
    private void Note(IResponse response)
    {
        var isPage = response.Request.IsNavigationRequest && response.Frame == _page.MainFrame;
        if (isPage)
            Status = response.Status;
        if (response.Status >= 500 || (response.Status >= 400 && !isPage))
            _complaints.Add($"{response.Status} from {response.Url}");
        else if (response.Status >= 400)
            _refused.Add(response.Url);
    }

    [GeneratedRegex(@":\d+:\d+\z")]
    private static partial Regex LineAndColumn { get; }
}
