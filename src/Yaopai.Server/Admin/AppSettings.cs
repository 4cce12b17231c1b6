using System.CommandLine;
using System.Globalization;
using Yaopai.Errors;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin;

/// <summary>The options that <c>app create</c> and <c>app change</c> have in common.</summary>
internal sealed class AppSettings
{
    private const string DefaultQuota = "default";
    private const string DefaultGrants = "default";

    private static readonly Dictionary<string, bool?> s_https = new() { ["yes"] = true, ["no"] = false, ["default"] = null };

    private readonly Option<long?> _project = Inputs.IdOf("--project", "The project; one of the developer's own by default.");

    private readonly Option<string[]?> _redirectUris = Inputs.Texts("--redirect-uri", "uri",
        "Where codes may be sent, compared character by character: https, http on loopback, or the scheme of an app. "
        + "Repeatable; '' for none.",
        Inputs.OrEmpty(Formats.RedirectUri));

    private readonly Option<string[]?> _scopes = Inputs.Texts("--scope", "scopes",
        "The scopes that the app applies for. Repeatable, or with spaces between; '' for none.", Inputs.OrEmpty(Formats.Scopes));

    private readonly Option<string[]?> _approvedScopes = Inputs.Texts("--approve-scope", "scopes",
        "Those of them that are approved. Repeatable, or with spaces between; '' for none.", Inputs.OrEmpty(Formats.Scopes));

    private readonly Option<string[]?> _openGrants = Inputs.Texts("--open-grant", "grant",
        $"A way to tokens at the Open API: {string.Join(", ", InstalledSurfaces.GrantTypes.All)}. Repeatable; "
        + "'default' for all but implicit and password, "
            + "'' for none.",
        Inputs.OrEmpty(value => value is DefaultGrants || InstalledSurfaces.GrantTypes.All.Contains(value)
            ? null
            : $"must be one of {string.Join(", ", InstalledSurfaces.GrantTypes.All)}, or default"));

    private readonly Option<bool?> _writesWithoutSecret = Inputs.Flag("--write-without-secret",
        "People's tokens that no client secret was shown for (implicit ones, those of a public app) write in the app's data store. "
            + "--write-without-secret false takes it back.");

    private readonly Option<string?> _https = Inputs.Text("--requires-https", "yes|no|default",
        "Whether the app may be called over HTTPS alone, at surfaces that have an answer for it; 'default' for what the installation says.",
        value => s_https.ContainsKey(value) ? null : "must be yes, no or default");

    private readonly Option<bool?> _refreshNeedsSecret = Inputs.Flag("--refresh-needs-secret",
        "The app shows its secret for a refresh too, where a platform asks for none. --refresh-needs-secret false takes it back.");

    private readonly Option<string[]?> _allow = Inputs.Texts("--allow", "network",
        "A network that may call: 10.0.0.0/8, 203.0.113.7. Repeatable.", Formats.Network);

    private readonly Option<bool> _allowAny = new("--allow-any") { Description = "Every network may call, as it is without --allow." };

    private readonly Option<string[]?> _referers = Inputs.Texts("--referer", "host",
        "A host whose pages may call the Open API, with its subdomains: app.example. Repeatable; '' for no such limit.",
        Inputs.OrEmpty(Formats.Host));

    private readonly Option<bool?> _signing = Inputs.Flag("--signing",
        "The app signs calls of the Open API with its secret; a sealed copy of secrets made from now on is kept to check them. "
        + "--signing false removes it.");

    private readonly Option<string?> _quota = Inputs.Text("--quota", "n",
        "Calls a minute of one operation; 0 for no limit, 'default' for what the installation gives.", QuotaFault);

    private readonly Option<bool?> _public = Inputs.Flag("--public",
        "The app can keep no secret, and proves itself by PKCE alone. --public false takes it back.");

    public Symbol[] Symbols =>
    [
        _project, _redirectUris, _scopes, _approvedScopes, _openGrants, _writesWithoutSecret, _https,
        _refreshNeedsSecret, _allow, _allowAny, _referers, _signing,
        _quota, _public,
    ];

    public Command Hold(Command verb) => Inputs.Exclude(verb, _allow, _allowAny);

    public App Apply(ParseResult result, App app)
    {
        var applied = Words(result, _scopes) ?? app.AppliedScopes;
        var isPublic = result.GetValue(_public) ?? app.IsPublic;
        var isSigning = (result.GetValue(_signing) ?? app.IsSigning) && !isPublic;
        return app with
        {
            ProjectId = result.GetValue(_project) ?? app.ProjectId,
            RedirectUris = Given(result, _redirectUris) ?? app.RedirectUris,
            AppliedScopes = applied,
            ApprovedScopes = Words(result, _approvedScopes) is { } approved
                ? AppliedFor(approved, applied)
                : [.. app.ApprovedScopes.Intersect(applied)],
            GrantTypes = Given(result, _openGrants) is { } grants ? (grants.Contains(DefaultGrants) ? null : grants) : app.GrantTypes,
            WritesWithoutSecret = result.GetValue(_writesWithoutSecret) ?? app.WritesWithoutSecret,
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

    /// <summary>The scopes stand in every credential, and a credential has 1,024 characters.</summary>
    private const int MostScopeCharacters = 300;

    private static List<string> AppliedFor(List<string> approved, IReadOnlyList<string> applied) =>
        approved.Except(applied).FirstOrDefault() is { } other
            ? throw CommandException.WrongUsage(
                OperatorErrors.Apps.ScopeNotApplied, $"The scope {other} cannot be approved, because the app does not apply for it.")
            : string.Join(' ', approved).Length > MostScopeCharacters
                ? throw CommandException.WrongUsage(
                    OperatorErrors.Apps.ScopesTooLong, $"The approved scopes are longer than {MostScopeCharacters} characters together.")
                : approved;

    private static List<string>? Words(ParseResult result, Option<string[]?> option) =>
        Given(result, option)?.SelectMany(value => value.Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();

    private static List<string>? Given(ParseResult result, Option<string[]?> option) =>
        result.GetValue(option) is { Length: > 0 } values ? [.. values.Where(value => value is not "").Distinct()] : null;

    private static System.Net.IPNetwork Network(string value) => Formats.TryNetwork(value, out var network) ? network : default;

    private static string? QuotaFault(string value) =>
        value is DefaultQuota || int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : $"must be a number from 0, or '{DefaultQuota}'";
}
