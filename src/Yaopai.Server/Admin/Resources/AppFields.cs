using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin.Resources;

/// <summary>An app as an operator sees it: never with its secrets.</summary>
internal static class AppFields
{
    public static IReadOnlyList<Field> Of(App app) =>
    [
        new("client_id",       app.Id),
        new("name",            app.Name),
        new("state",           app.DisabledAt is not null ? "disabled" : app.DeveloperDisabled ? "developer disabled" : "enabled"),
        new("developer_id",    app.DeveloperId),
        new("group_id",        app.GroupId),
        new("project_id",      app.ProjectId),
        new("public",          app.IsPublic),
        new("secrets",         app.SecretHashes.Count),
        new("redirect_uris",   app.RedirectUris),
        new("redirect_query",  app.AddsToRedirectUris),
        new("scopes",          app.AppliedScopes),
        new("approved_scopes", app.ApprovedScopes),
        new("open_grants",     app.GrantTypes ?? InstalledSurfaces.GrantTypes.Default),
        new("writes_without_secret", app.WritesWithoutSecret),
        new("open_ids",        app.KnowsPeopleByOpenId),
        new("requires_https",  app.RequiresHttps),
        new("refresh_needs_secret", app.RefreshNeedsSecret),
        new("frozen_until",    app.FrozenUntil),
        new("allow",           app.Allowlist.Select(network => network.ToString())),
        new("referers",        app.Referers),
        new("signing",         app.IsSigning),
        new("signing_secrets", app.SigningSecrets.Count),
        new("quota",           app.QuotaPerMinute),
        new("event_callback",  app.EventCallback),
        new("event_kinds",     app.EventKinds.Select(SecurityEventKinds.NameOf)),
        new("created_at",      app.CreatedAt),
        new("disabled_at",     app.DisabledAt),
    ];
}
