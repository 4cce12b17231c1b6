using System.CommandLine;
using System.Globalization;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
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

    public App Apply(ParseResult result, App app)
    {
        var applied = Words(result, _scopes) ?? app.AppliedScopes;
        var isPublic = result.GetValue(_public) ?? app.IsPublic;
        var isSigning = (result.GetValue(_signing) ?? app.IsSigning) && !isPublic;
        return app with
        {
            ProjectId = result.GetValue(_project) ?? app.ProjectId,
            RedirectUris = Given(result, _redirectUris) ?? app.RedirectUris,
            AddsToRedirectUris = result.GetValue(_redirectQuery) ?? app.AddsToRedirectUris,
            AppliedScopes = applied,
            ApprovedScopes = Words(result, _approvedScopes) is { } approved
                ? AppliedFor(approved, applied)
                : [.. app.ApprovedScopes.Intersect(applied)],
            GrantTypes = Given(result, _openGrants) is { } grants ? (grants.Contains(DefaultGrants) ? null : grants) : app.GrantTypes,
            WritesWithoutSecret = result.GetValue(_writesWithoutSecret) ?? app.WritesWithoutSecret,
            KnowsPeopleByOpenId = result.GetValue(_openIds) ?? app.KnowsPeopleByOpenId,
            RequiresHttps = result.GetValue(_https) is { } https ? s_https[https] : app.RequiresHttps,
            RefreshNeedsSecret = result.GetValue(_refreshNeedsSecret) ?? app.RefreshNeedsSecret,
            Allowlist = result.GetValue(_allowAny) ? [] : Given(result, _allow)?.Select(Network).ToList() ?? app.Allowlist,
            Referers = Given(result, _referers) ?? app.Referers,
            IsSigning = isSigning,
            SigningSecrets = isSigning ? app.SigningSecrets : [],
            QuotaPerMinute = result.GetValue(_quota) switch
            {
                null => app.QuotaPerMinute,
                DefaultQuota => null,
                var number => int.Parse(number),
            },
            IsPublic = isPublic,
            SecretHashes = isPublic ? [] : app.SecretHashes, // a secret that everyone can read proves nothing
        };
    }

    private static List<string> AppliedFor(List<string> approved, IReadOnlyList<string> applied) =>
        approved.Except(applied).FirstOrDefault() is { } other
            ? throw CommandException.WrongUsage(
                OperatorErrors.Apps.ScopeNotApplied, $"The scope {other} cannot be approved, because the app does not apply for it.")
            : approved.Count > ScopeMarks.MostScopes
                ? throw CommandException.WrongUsage(
                    OperatorErrors.Apps.ScopesTooLong, $"An app can have at most {ScopeMarks.MostScopes} approved scopes.")
            : ScopeMarks.Same(approved) is { } same
                ? throw CommandException.WrongUsage(
                    OperatorErrors.Apps.ScopesTooLong,
                    $"A token of this app could not tell {same.One} and {same.Other} apart: approve one.")
                : approved;

    private static List<string>? Words(ParseResult result, Option<string[]?> option) =>
        Given(result, option)?.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();

    private static List<string>? Given(ParseResult result, Option<string[]?> option) =>
        result.GetValue(option) is { Length: > 0 } values ? [.. values.Where(value => value is not "").Distinct()] : null;

    private static System.Net.IPNetwork Network(string value) => AppFormats.TryNetwork(value, out var network) ? network : default;

    private static string? QuotaFault(string value) =>
        value is DefaultQuota || int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : $"must be a number from 0, or '{DefaultQuota}'";
}
