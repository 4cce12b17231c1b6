using System.Net;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an operator sets of an app. What is null stays as it is; a list is replaced as a whole.</summary>
internal sealed record AppChange
{
    public string? Name { get; init; }

    public long? DeveloperId { get; init; }

    public long? ProjectId { get; init; }

    public IReadOnlyList<string>? RedirectUris { get; init; }

    public bool? AddsToRedirectUris { get; init; }

    public IReadOnlyList<string>? AppliedScopes { get; init; }

    public IReadOnlyList<string>? ApprovedScopes { get; init; }

    /// <summary>No value for the platform's defaults.</summary>
    public Choice<IReadOnlyList<string>?>? GrantTypes { get; init; }

    public bool? WritesWithoutSecret { get; init; }

    public bool? KnowsPeopleByOpenId { get; init; }

    /// <summary>No value for what the installation says.</summary>
    public Choice<bool?>? RequiresHttps { get; init; }

    public bool? RefreshNeedsSecret { get; init; }

    public IReadOnlyList<IPNetwork>? Allowlist { get; init; }

    public IReadOnlyList<string>? Referers { get; init; }

    public bool? IsSigning { get; init; }

    /// <summary>No value for the installation's default.</summary>
    public Choice<int?>? QuotaPerMinute { get; init; }

    public bool? IsPublic { get; init; }

    /// <exception cref="CommandException">The scopes cannot be approved.</exception>
    public App ApplyTo(App app)
    {
        var applied = AppliedScopes ?? app.AppliedScopes;
        var isPublic = IsPublic ?? app.IsPublic;
        var isSigning = (IsSigning ?? app.IsSigning) && !isPublic;
        return app with
        {
            Name = Name ?? app.Name,
            DeveloperId = DeveloperId ?? app.DeveloperId,
            ProjectId = ProjectId ?? app.ProjectId,
            RedirectUris = RedirectUris ?? app.RedirectUris,
            AddsToRedirectUris = AddsToRedirectUris ?? app.AddsToRedirectUris,
            AppliedScopes = applied,
            ApprovedScopes = ApprovedScopes is { } approved
                ? AppliedFor(approved, applied)
                : [.. app.ApprovedScopes.Intersect(applied)],
            GrantTypes = GrantTypes.Or(app.GrantTypes),
            WritesWithoutSecret = WritesWithoutSecret ?? app.WritesWithoutSecret,
            KnowsPeopleByOpenId = KnowsPeopleByOpenId ?? app.KnowsPeopleByOpenId,
            RequiresHttps = RequiresHttps.Or(app.RequiresHttps),
            RefreshNeedsSecret = RefreshNeedsSecret ?? app.RefreshNeedsSecret,
            Allowlist = Allowlist ?? app.Allowlist,
            Referers = Referers ?? app.Referers,
            IsSigning = isSigning,
            SigningSecrets = isSigning ? app.SigningSecrets : [],
            QuotaPerMinute = QuotaPerMinute.Or(app.QuotaPerMinute),
            IsPublic = isPublic,
            SecretHashes = isPublic ? [] : app.SecretHashes, // a secret that everyone can read proves nothing
        };
    }

    private static IReadOnlyList<string> AppliedFor(IReadOnlyList<string> approved, IReadOnlyList<string> applied) =>
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
}
