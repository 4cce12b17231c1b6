using System.Net;
using System.Text.RegularExpressions;
using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Http;

/// <summary>A browser without scripts: keeps cookies, reads forms from the page, follows nothing that it is not told to follow.</summary>
internal sealed partial class BrowserClient : IDisposable
{
    private readonly CookieContainer _cookies;
    private readonly HttpClient _http;

    public BrowserClient(TestServer server, string language = "en") : this(server, new CookieContainer(), language)
    {
    }

    private BrowserClient(TestServer server, CookieContainer cookies, string language)
    {
        _cookies = cookies;
        _http = new HttpClient(server.Through(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }))
        {
            BaseAddress = server.Address,
        };
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
        _http.DefaultRequestHeaders.TryAddWithoutValidation("Accept-Language", language);
    }

    public IEnumerable<Cookie> Cookies => _cookies.GetAllCookies();

    /// <summary>The same browser, with its cookies, at another node.</summary>
    public BrowserClient At(TestServer node) => new(node, _cookies, "en"); // cookies know hosts, and no ports

    public void Always(string header, string value) => _http.DefaultRequestHeaders.TryAddWithoutValidation(header, value);

    public void Plant(string name, string value) => _cookies.Add(_http.BaseAddress!, new Cookie(name, value, "/"));

    public async Task<View> GetAsync(string address) => await View.OfAsync(await _http.GetAsync(address));

    /// <summary>Asks as a program does: an error comes as JSON.</summary>
    public async Task<View> AskAsync(string address, params (string Name, string? Value)[] form)
    {
        using var request = new HttpRequestMessage(form.Length == 0 ? HttpMethod.Get : HttpMethod.Post, address)
        {
            Headers = { { "Accept", "application/json" } },
            Content = form.Length == 0 ? null : HuaweiCaller.Form(form),
        };
        return await View.OfAsync(await _http.SendAsync(request));
    }

    /// <summary>Signs in, and agrees to what the address asks for: the last answer leads to the app.</summary>
    public async Task<View> AgreeAsync(
        string? address = null, string user = "mainland", string verdict = "Allow", params (string Name, string? Value)[] more)
    {
        var view = await OpenAsync(address ?? Web.Authorize());
        if (view.Has("password"))
            view = await SubmitAndFollowAsync(view, ("login", user), ("password", DemoData.Password));
        return view.Has("verdict") ? await SubmitAndFollowAsync(view, [("verdict", verdict), .. more]) : view;
    }

    /// <summary>Asks for a page and goes on as long as this server sends it on to itself.</summary>
    public async Task<View> OpenAsync(string address)
    {
        var view = await GetAsync(address);
        while (view.Location is ['/', ..])
            view = await GetAsync(view.Location);
        return view;
    }

    /// <summary>Fills in the first form that has all the fields, and presses the button that they name.</summary>
    public Task<View> SubmitAsync(View page, params (string Name, string? Value)[] fields) => SubmitAsync(page, [], fields);

    public async Task<View> SubmitAsync(View page, (string Name, string Value)[] headers, params (string Name, string? Value)[] fields)
    {
        var form = page.Forms.First(form => fields.All(field => form.Names.Contains(field.Name)));
        var values = form.Preset.Where(preset => fields.All(field => field.Name != preset.Name));
        using var request = new HttpRequestMessage(HttpMethod.Post, form.Action) { Content = HuaweiCaller.Form([.. values, .. fields]) };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return await View.OfAsync(await _http.SendAsync(request));
    }

    public async Task<View> PostAsync(string address, params (string Name, string? Value)[] form) =>
        await View.OfAsync(await _http.PostAsync(address, HuaweiCaller.Form(form)));

    /// <summary>Submits, and goes on as long as this server sends it on to itself.</summary>
    public async Task<View> SubmitAndFollowAsync(View page, params (string Name, string? Value)[] fields)
    {
        var view = await SubmitAsync(page, fields);
        return view.Location is ['/', ..] ? await OpenAsync(view.Location) : view;
    }

    public void Dispose() => _http.Dispose();

    /// <summary>An answer as a browser has it.</summary>
    internal sealed partial record View(HttpResponseMessage Response, string Html)
    {
        public int Status => (int)Response.StatusCode;

        public string? Location => Response.Headers.Location?.OriginalString;

        public IReadOnlyList<HtmlForm> Forms =>
            [.. FormTag().Matches(Html).Select(match => new HtmlForm(WebUtility.HtmlDecode(match.Groups[1].Value), match.Groups[2].Value))];

        /// <summary>True when a form on the page has such a field.</summary>
        public bool Has(string field) => Forms.Any(form => form.Names.Contains(field));

        public string Header(string name) => Response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

        /// <summary>A parameter of the address that the browser is sent to.</summary>
        public string? Sent(string name) => Location is null ? null : Query(Location, name);

        public static string? Query(string address, string name) => address.Split('?', 2).ElementAtOrDefault(1)?.Split('&')
            .Select(pair => pair.Split('=', 2)).Where(pair => pair[0] == name)
            .Select(pair => Uri.UnescapeDataString(pair[1].Replace('+', ' '))).SingleOrDefault();

        public static async Task<View> OfAsync(HttpResponseMessage response) => new(response, await response.Content.ReadAsStringAsync());

        [GeneratedRegex("<form[^>]* action=\"([^\"]*)\"[^>]*>(.*?)</form>", RegexOptions.Singleline)]
        private static partial Regex FormTag();
    }

    internal sealed partial record HtmlForm(string Action, string Html)
    {
        public IReadOnlySet<string> Names => Name().Matches(Html).Select(match => match.Groups[1].Value).ToHashSet();

        /// <summary>What goes along without anybody touching it.</summary>
        public IEnumerable<(string Name, string? Value)> Preset =>
            from Match input in Input().Matches(Html)
            let tag = input.Value
            where tag.Contains("type=\"hidden\"", StringComparison.Ordinal) || tag.Contains(" checked", StringComparison.Ordinal)
            select (Name().Match(tag).Groups[1].Value, (string?)WebUtility.HtmlDecode(Value().Match(tag).Groups[1].Value));

        [GeneratedRegex(" name=\"([^\"]*)\"")]
        private static partial Regex Name();

        [GeneratedRegex(" value=\"([^\"]*)\"")]
        private static partial Regex Value();

        [GeneratedRegex("<input [^>]*>")]
        private static partial Regex Input();
    }
}
