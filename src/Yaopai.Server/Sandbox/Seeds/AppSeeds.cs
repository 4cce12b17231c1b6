using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Identifiers;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>Registers, changes and removes apps with any id and any setting.</summary>
internal sealed class AppSeeds(
    IAppStore apps, IDeveloperStore developers, IAccountGroupStore groups, AppDirectory directory, TenantDirectory tenants,
    WeChatSeeds weChat, IdentifierIndex identifiers, SigningSecrets secrets, SurfaceProfiles surfaces, Revoker revoker,
    IRemoval removal, SandboxClock clock, TimeProvider time, IHostEnvironment environment)
{
    /// <summary>What a number of JSON carries everywhere.</summary>
    public const long MostId = (1L << 53) - 1;

    private const int MostOfAList = 200;
    private const int ShortestSecret = 8, LongestSecret = 128;
    private const int Tries = 5;

    public async Task<(App? App, Problem? Problem)> AddAsync(AppSeed seed, CancellationToken ct)
    {
        if (FaultOf(seed) is { } fault)
            return (null, Problem.Invalid(fault));

        var developerId = seed.DeveloperId ?? DemoData.Apps[0].DeveloperId;
        await PutDeveloperAsync(developerId, seed.GroupId, ct);
        for (var tries = 1; ; tries++)
        {
            var (app, wrong) = Apply(seed, Blank(seed, developerId));
            if (wrong is not null)
                return (null, Problem.Invalid(wrong));

            if (await apps.TryAddAsync(app!, ct))
                return await FinishAsync(seed, app!.Id, ct);

            if (seed.ClientId is not null || tries == Tries)
                return (null, Problem.Conflict($"client_id: {app!.Id} is an app already. PUT /sandbox/apps/{app.Id} changes it."));
        }
    }

    public async Task<(App? App, Problem? Problem)> ChangeAsync(long id, AppSeed seed, CancellationToken ct)
    {
        if (await apps.FindAsync(id, ct) is not { } before)
            return (null, Missing(id));

        if (seed.ClientId is { } other && other != id)
            return (null, Problem.Invalid("client_id: is in the address, and is never changed."));

        if (FaultOf(seed) is { } fault)
            return (null, Problem.Invalid(fault));

        var (app, wrong) = Apply(seed, before);
        if (wrong is not null)
            return (null, Problem.Invalid(wrong));

        await PutDeveloperAsync(app!.DeveloperId, seed.GroupId, ct);
        if (app.DeveloperId != before.DeveloperId)
            await identifiers.FollowAsync(id, app.DeveloperId, ct);
        if (!await apps.TryChangeAsync(app, ct))
            return (null, Missing(id));

        if (app.DisabledAt is not null && before.DisabledAt is null)
            await revoker.RevokeAppAsync(id, ct);
        return await FinishAsync(seed, id, ct);
    }

    /// <summary>With all that it has: consents, tokens, data, its place in organisations.</summary>
    public async Task<Problem?> RemoveAsync(long id, CancellationToken ct)
    {
        if (await apps.FindAsync(id, ct) is null)
            return Missing(id);

        await revoker.RevokeAppAsync(id, ct);
        await removal.RemoveAsync(new() { Apps = [id] }, ct);
        clock.Forget([id]);
        directory.OnChanged(new(ChangeKind.App, id));
        weChat.Forget(id);
        tenants.OnChanged(new(ChangeKind.Tenancy, id));
        return null;
    }

    public async Task<(App? App, Problem? Problem)> FindAsync(long id, CancellationToken ct) =>
        await apps.FindAsync(id, ct) is { } app ? (app, null) : (null, Missing(id));

    /// <summary>As it would be written down, with the secret where a copy of it is kept.</summary>
    public async Task<AppSeed> DescribeAsync(App app, CancellationToken ct)
    {
        var known = await secrets.OpenAsync(app, ct) is [var secret, ..] ? secret : null;
        return Describe(app) with
        {
            ClientSecret = known,
            WeChat = await weChat.DescribeAsync(app.Id, ct),
            ClientSecretSha256 = known is null && app is { IsSigning: false, SecretHashes: [var hash, ..] }
                ? Convert.ToHexStringLower(hash)
                : null,
        };
    }

    private static AppSeed Describe(App app) => new()
    {
        ClientId = app.Id,
        Name = app.Name,
        DeveloperId = app.DeveloperId,
        GroupId = app.GroupId ?? 0,
        ProjectId = app.ProjectId,
        RedirectUris = app.RedirectUris,
        RedirectQuery = app.AddsToRedirectUris,
        Scopes = app.AppliedScopes,
        ApprovedScopes = app.ApprovedScopes,
        OpenGrants = app.GrantTypes,
        WritesWithoutSecret = app.WritesWithoutSecret,
        OpenIds = app.KnowsPeopleByOpenId,
        RequiresHttps = app.RequiresHttps,
        RefreshNeedsSecret = app.RefreshNeedsSecret,
        Allow = [.. app.Allowlist.Select(network => network.ToString())],
        Referers = app.Referers,
        Signing = app.IsSigning,
        Quota = app.QuotaPerMinute,
        Public = app.IsPublic,
        Enabled = app.DisabledAt is null,
        FrozenUntil = app.FrozenUntil,
    };

    private static Problem Missing(long id) => Problem.NotFound($"client_id: there is no app {id}. GET /sandbox lists the demo apps.");

    private App Blank(AppSeed seed, long developerId)
    {
        var model = DemoData.Apps[0];
        var scopes = seed.Scopes ?? DemoData.ScopesOf(model, surfaces);
        return new()
        {
            Id = seed.ClientId ?? Randomness.GetInt32(300_000_000, 1_000_000_000),
            DeveloperId = developerId,
            ProjectId = developerId * 1_000,
            Name = seed.Name ?? "app",
            RedirectUris = [model.RedirectUri, RedirectUri.OutOfBand],
            AppliedScopes = scopes,
            ApprovedScopes = scopes,
            GrantTypes = surfaces.All.Select(surface => surface.DemoGrantTypesOf(model.Name)).FirstOrDefault(types => types is not null),
            IsSigning = true,
            CreatedAt = time.GetUtcNow(),
        };
    }

    private (App? App, string? Fault) Apply(AppSeed seed, App app)
    {
        var applied = seed.Scopes ?? app.AppliedScopes;
        var approved = seed.ApprovedScopes ?? (seed.Scopes is null ? app.ApprovedScopes : applied);
        if (approved.Except(applied).FirstOrDefault() is { } other)
            return (null, $"approved_scopes: \"{other}\" cannot be approved, because it is not among \"scopes\".");
        if (ScopeMarks.Same(approved) is { } same)
            return (null, $"approved_scopes: a token could not tell {same.One} and {same.Other} apart: approve one.");

        var isPublic = seed.Public ?? app.IsPublic;
        if (isPublic && seed.ClientSecret is not null)
            return (null, "client_secret: a public app has none. Leave it out, or set \"public\" to false.");

        var isSigning = !isPublic && (seed.Signing ?? app.IsSigning);
        if (seed.ClientSecretSha256 is { } hash && !isSigning)
            app = app with { SecretHashes = [Convert.FromHexString(hash)] };

        var lacksOne = app.SecretHashes.Count == 0 || (isSigning && app.SigningSecrets.Count == 0);
        var secret = isPublic ? null : seed.ClientSecret ?? (lacksOne ? ClientSecret.New() : null);
        return (app with
        {
            DeveloperId = seed.DeveloperId ?? app.DeveloperId,
            ProjectId = seed.ProjectId ?? app.ProjectId,
            Name = seed.Name ?? app.Name,
            IsPublic = isPublic,
            SecretHashes = isPublic ? [] : secret is null ? app.SecretHashes : [ClientSecret.Hash(secret)],
            IsSigning = isSigning,
            SigningSecrets = !isSigning ? [] : secret is null ? app.SigningSecrets : [secrets.Seal(app.Id, secret)],
            RedirectUris = seed.RedirectUris ?? app.RedirectUris,
            AddsToRedirectUris = seed.RedirectQuery ?? app.AddsToRedirectUris,
            AppliedScopes = applied,
            ApprovedScopes = approved,
            GrantTypes = seed.OpenGrants ?? app.GrantTypes,
            WritesWithoutSecret = seed.WritesWithoutSecret ?? app.WritesWithoutSecret,
            KnowsPeopleByOpenId = seed.OpenIds ?? app.KnowsPeopleByOpenId,
            RequiresHttps = seed.RequiresHttps ?? app.RequiresHttps,
            RefreshNeedsSecret = seed.RefreshNeedsSecret ?? app.RefreshNeedsSecret,
            Allowlist = seed.Allow is null
                ? app.Allowlist
                : [.. seed.Allow.Select(text => AppFormats.TryNetwork(text, out var network) ? network : default)],
            Referers = seed.Referers ?? app.Referers,
            QuotaPerMinute = seed.Quota ?? app.QuotaPerMinute,
            DisabledAt = seed.Enabled switch { null => app.DisabledAt, true => null, false => app.DisabledAt ?? time.GetUtcNow() },
        }, null);
    }

    /// <summary>The first member that will not do, and what would.</summary>
    private string? FaultOf(AppSeed seed)
    {
        var grants = surfaces.All.SelectMany(surface => surface.GrantTypes?.All ?? []).Distinct().ToArray();
        return seed switch
        {
            { ClientId: <= 0 or > MostId } => $"client_id: 1 to {MostId}, or nothing to have one drawn.",
            { DeveloperId: <= 0 or > MostId / 1_000 } => $"developer_id: 1 to {MostId / 1_000}, or nothing for the demo's.",
            { ProjectId: <= 0 or > MostId } => $"project_id: 1 to {MostId}.",
            { GroupId: < 0 or > MostId } => $"group_id: 1 to {MostId}, or 0 for none.",
            { Quota: < 0 } => "quota: calls a minute of each operation; 0 for no limit.",
            { Name: { } name } when !AccountFormats.IsName(name) =>
                $"name: 1 to {AccountFormats.LongestName} characters and no control characters.",
            { ClientSecret: { } secret } when !IsSecret(secret) =>
                $"client_secret: {ShortestSecret} to {LongestSecret} letters, digits, =, / and +, or nothing to have one drawn.",
            { ClientSecretSha256: not null, Signing: not false } => "client_secret_sha256: only of an app with \"signing\": false.",
            { ClientSecretSha256: not null, ClientSecret: not null } => "Either \"client_secret\" or \"client_secret_sha256\".",
            { ClientSecretSha256: { } hash } when hash.Length is not 64 || !hash.All(char.IsAsciiHexDigit) =>
                "client_secret_sha256: 64 hexadecimal digits.",
            { FrozenUntil: { } until } when until.Year is < 2000 or > 9000 => "frozen_until: an instant such as 2026-01-01T00:00:00Z.",
            _ => FaultIn("redirect_uris", seed.RedirectUris, uri => AppFormats.RedirectUri(uri, environment.IsDevelopment()))
                ?? FaultIn("scopes", seed.Scopes, FaultOfScope, ScopeMarks.MostScopes)
                ?? FaultIn("approved_scopes", seed.ApprovedScopes, FaultOfScope, ScopeMarks.MostScopes)
                ?? FaultIn("open_grants", seed.OpenGrants,
                    type => grants.Contains(type) ? null : $"must be one of {string.Join(", ", grants)}")
                ?? FaultIn("allow", seed.Allow, AppFormats.Network)
                ?? FaultIn("referers", seed.Referers, AppFormats.Host)
                ?? WeChatSeeds.FaultOf(seed.WeChat),
        };
    }

    /// <summary>What every surface takes for one.</summary>
    private static bool IsSecret(string text) =>
        text.Length is >= ShortestSecret and <= LongestSecret
        && text.All(unit => char.IsAsciiLetterOrDigit(unit) || unit is '=' or '/' or '+');

    private static string? FaultOfScope(string scope) => scope.Contains(' ') ? "must be one scope each" : AppFormats.Scopes(scope);

    private static string? FaultIn(string member, IReadOnlyList<string>? list, Func<string, string?> faultOf, int most = MostOfAList)
    {
        if (list is null)
            return null;

        if (list.Count > most)
            return $"{member}: at most {most}.";

        for (var at = 0; at < list.Count; at++)
        {
            if (list[at] is not { } text)
                return $"{member}[{at}]: must be a text.";
            if (faultOf(text) is { } fault)
                return $"{member}[{at}]: {fault}.";
            if (list.Take(at).Contains(text))
                return $"{member}[{at}]: \"{text}\" is there twice.";
        }

        return null;
    }

    /// <summary>Makes the developer, and the group, where they are not there.</summary>
    private async Task PutDeveloperAsync(long id, long? groupId, CancellationToken ct)
    {
        var now = time.GetUtcNow();
        var group = groupId is 0 ? null : groupId;
        if (group is { } wanted)
            await groups.TryAddAsync(new AccountGroup(wanted, $"group {wanted}", now, null), ct);

        if (await developers.FindAsync(id, ct) is not { } developer)
            await developers.TryAddAsync(new Developer(id, $"developer {id}", group, now, null), ct);
        else if (groupId is not null && developer.GroupId != group)
            await developers.TryChangeAsync(developer with { GroupId = group }, ct);
        directory.OnChanged(new(ChangeKind.Developer, id));
    }

    /// <summary>Read again, because what comes from the developer is read with it.</summary>
    private async Task<(App? App, Problem? Problem)> FinishAsync(AppSeed seed, long id, CancellationToken ct)
    {
        var problem = await weChat.PutAsync(id, seed.WeChat, ct);
        if (seed.FrozenUntil is { } until)
            await directory.FreezeAsync(id, until, ct);
        directory.OnChanged(new(ChangeKind.App, id));
        return problem is null ? (await apps.FindAsync(id, ct), null) : (null, problem);
    }
}
