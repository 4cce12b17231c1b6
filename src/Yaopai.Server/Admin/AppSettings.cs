using System.CommandLine;
using System.Globalization;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Admin;

/// <summary>The options that <c>app create</c> and <c>app change</c> have in common.</summary>
internal sealed class AppSettings
{
    private const string DefaultQuota = "default";
    private const string DefaultGrants = "default";

    private static readonly Dictionary<string, bool?> s_https = new() { ["yes"] = true, ["no"] = false, ["default"] = null };

    private readonly Option<long?> _project = Inputs.IdOf("--project", "The project; one of the developer's own by default.");

    private readonly Option<string[]?> _redirectUris = Inputs.Texts("--redirect-uri", "uri",
        "Where codes may be sent, compared character by character: https, http on loopback (any port), or an app's own scheme; "
        + "in Development http to any host. Repeatable; '' for none.",
        Inputs.OrEmpty(value => AppFormats.RedirectUri(value, Platform.IsDevelopment)));

    private readonly Option<bool?> _redirectQuery = Inputs.Flag("--redirect-query",
        "Lets the app add query parameters to its redirect URIs, different ones in each request. --redirect-query false undoes it.");

    private readonly Option<string[]?> _scopes = Inputs.Texts("--scope", "scopes",
        "The scopes that the app applies for. Repeatable, or separated by spaces; '' for none.", Inputs.OrEmpty(AppFormats.Scopes));

    private readonly Option<string[]?> _approvedScopes = Inputs.Texts("--approve-scope", "scopes",
        "The approved ones among them. Repeatable, or separated by spaces; '' for none.", Inputs.OrEmpty(AppFormats.Scopes));

    private readonly Option<string[]?> _openGrants = Inputs.Texts("--open-grant", "grant",
        $"A grant type at the Open API: {string.Join(", ", InstalledSurfaces.GrantTypes.All)}. Repeatable; "
        + "'default' for all but implicit and password, "
            + "'' for none.",
        Inputs.OrEmpty(value => value is DefaultGrants || InstalledSurfaces.GrantTypes.All.Contains(value)
            ? null
            : $"must be one of {string.Join(", ", InstalledSurfaces.GrantTypes.All)}, or default"));

    private readonly Option<bool?> _writesWithoutSecret = Inputs.Flag("--write-without-secret",
        "Lets users' tokens that were issued without the client secret (implicit, or to a public app) write to the app's data store. "
            + "--write-without-secret false undoes it.");

    private readonly Option<bool?> _openIds = Inputs.Flag("--open-ids",
        "The Open API returns openid and unionid to the app, not userid. --open-ids false undoes it.");

    private readonly Option<string?> _https = Inputs.Text("--requires-https", "yes|no|default",
        "Whether the app has to use HTTPS, at surfaces that can refuse plain HTTP; 'default' for the installation's setting.",
        value => s_https.ContainsKey(value) ? null : "must be yes, no or default");

    private readonly Option<bool?> _refreshNeedsSecret = Inputs.Flag("--refresh-needs-secret",
        "The app has to send its secret to refresh even if the platform does not ask for it. --refresh-needs-secret false undoes it.");

    private readonly Option<string[]?> _allow = Inputs.Texts("--allow", "network",
        "A network that may call: 10.0.0.0/8, 203.0.113.7. Repeatable.", AppFormats.Network);

    private readonly Option<bool> _allowAny = new("--allow-any") { Description = "Allows calls from every network, as without --allow." };

    private readonly Option<string[]?> _referers = Inputs.Texts("--referer", "host",
        "A host whose pages may call the Open API, with its subdomains: app.example. Repeatable; '' for no limit.",
        Inputs.OrEmpty(AppFormats.Host));

    private readonly Option<bool?> _signing = Inputs.Flag("--signing",
        "The app signs Open API calls with its secret; the server keeps an encrypted copy of secrets made from now on to check them. "
        + "--signing false removes it.");

    private readonly Option<string?> _quota = Inputs.Text("--quota", "n",
        "Calls per minute for each operation; 0 for no limit, 'default' for the installation's setting.", QuotaFault);

    private readonly Option<bool?> _public = Inputs.Flag("--public",
        "The app cannot keep a secret and uses PKCE alone. --public false undoes it.");

    public Symbol[] Symbols =>
    [
        _project, _redirectUris, _redirectQuery, _scopes, _approvedScopes, _openGrants, _writesWithoutSecret, _openIds, _https,
        _refreshNeedsSecret, _allow, _allowAny, _referers, _signing,
        _quota, _public,
    ];

    public Command Hold(Command verb) => Inputs.Exclude(verb, _allow, _allowAny);

    /// <summary>What works and is better not used in earnest.</summary>
    public IEnumerable<string> Warnings(ParseResult result) => (Given(result, _redirectUris) ?? [])
        .Where(uri => AppFormats.RedirectUri(uri, allowPlain: false) is not null)
        .Select(uri => $"{uri} is plain http beyond this machine: anyone on the way can read the codes. Only Development accepts it.");

    public AppChange Read(ParseResult result) => new()
    {
        ProjectId = result.GetValue(_project),
        RedirectUris = Given(result, _redirectUris),
        AddsToRedirectUris = result.GetValue(_redirectQuery),
        AppliedScopes = Words(result, _scopes),
        ApprovedScopes = Words(result, _approvedScopes),
        GrantTypes = Given(result, _openGrants) is { } grants
            ? Choice.Of<IReadOnlyList<string>?>(grants.Contains(DefaultGrants) ? null : grants)
            : null,
        WritesWithoutSecret = result.GetValue(_writesWithoutSecret),
        KnowsPeopleByOpenId = result.GetValue(_openIds),
        RequiresHttps = result.GetValue(_https) is { } https ? Choice.Of(s_https[https]) : null,
        RefreshNeedsSecret = result.GetValue(_refreshNeedsSecret),
        Allowlist = result.GetValue(_allowAny) ? [] : Given(result, _allow)?.Select(AppFormats.NetworkOf).ToList(),
        Referers = Given(result, _referers),
        IsSigning = result.GetValue(_signing),
        QuotaPerMinute = result.GetValue(_quota) switch
        {
            null => null,
            DefaultQuota => Choice.Of<int?>(null),
            var number => Choice.Of<int?>(int.Parse(number)),
        },
        IsPublic = result.GetValue(_public),
    };

    private static List<string>? Words(ParseResult result, Option<string[]?> option) =>
        Given(result, option)?.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();

    private static List<string>? Given(ParseResult result, Option<string[]?> option) =>
        result.GetValue(option) is { Length: > 0 } values ? [.. values.Where(value => value is not "").Distinct()] : null;

    private static string? QuotaFault(string value) =>
        value is DefaultQuota || int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : $"must be a number from 0, or '{DefaultQuota}'";
}
