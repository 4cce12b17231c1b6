using System.Net;
using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Sql.Events;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Sql.Apps;

internal sealed class SqlAppStore(Database database) : IAppStore
{
    private const string Select =
        """
        SELECT app.id, app.developer_id, app.project_id, app.name, app.is_public, app.secret_hashes, app.redirect_uris,
               app.applied_scopes, app.approved_scopes, app.open_grants, app.service_accounts, app.allowlist, app.quota_per_minute,
               app.created_at, app.disabled_at, app.event_callback, app.event_kinds, app.event_surface, app.referers,
               app.is_signing, app.signing_secrets, app.writes_without_secret, app.requires_https, app.refresh_needs_secret,
               app.frozen_until, app.adds_to_redirect_uris, app.open_ids,
               developer.disabled_at     AS developer_disabled_at,
               account_group.id          AS known_group_id,
               account_group.disabled_at AS group_disabled_at
          FROM app
          LEFT JOIN developer     ON developer.id = app.developer_id
          LEFT JOIN account_group ON account_group.id = developer.group_id
        """;

    private const string Insert =
        """
        INSERT INTO app (id, developer_id, project_id, name, is_public, secret_hashes, redirect_uris,
                         applied_scopes, approved_scopes, open_grants, service_accounts, allowlist, quota_per_minute,
                         created_at, disabled_at, event_callback, event_kinds, event_surface, referers,
                         is_signing, signing_secrets, writes_without_secret, requires_https, refresh_needs_secret,
                         adds_to_redirect_uris, open_ids)
        VALUES (@Id, @DeveloperId, @ProjectId, @Name, @IsPublic, @SecretHashes, @RedirectUris,
                @AppliedScopes, @ApprovedScopes, @OpenGrants, @ServiceAccounts, @Allowlist, @QuotaPerMinute, @CreatedAt, @DisabledAt,
                @EventCallback, @EventKinds, @EventSurface, @Referers, @IsSigning, @SigningSecrets, @WritesWithoutSecret,
                @RequiresHttps, @RefreshNeedsSecret, @AddsToRedirectUris, @OpenIds)
        """;

    private const string Update =
        """
        UPDATE app
           SET developer_id     = @DeveloperId,
               project_id       = @ProjectId,
               name             = @Name,
               is_public        = @IsPublic,
               secret_hashes    = @SecretHashes,
               redirect_uris    = @RedirectUris,
               applied_scopes   = @AppliedScopes,
               approved_scopes  = @ApprovedScopes,
               open_grants      = @OpenGrants,
               service_accounts = @ServiceAccounts,
               allowlist        = @Allowlist,
               quota_per_minute = @QuotaPerMinute,
               created_at       = @CreatedAt,
               disabled_at      = @DisabledAt,
               event_callback   = @EventCallback,
               event_kinds      = @EventKinds,
               event_surface    = @EventSurface,
               referers         = @Referers,
               is_signing       = @IsSigning,
               signing_secrets  = @SigningSecrets,
               writes_without_secret = @WritesWithoutSecret,
               requires_https   = @RequiresHttps,
               refresh_needs_secret = @RefreshNeedsSecret,
               adds_to_redirect_uris = @AddsToRedirectUris,
               open_ids         = @OpenIds
         WHERE id = @Id
        """;

    public async Task<App?> FindAsync(long id, CancellationToken ct) =>
        (await database.ReadAsync(session => session.FirstAsync<AppRow>(
            $"""
            {Select}
             WHERE app.id = @id
            """, new { id }), ct))?.ToApp();

    public async Task<IReadOnlyList<App>> ListAsync(long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<AppRow>(
               $"""
               {Select}
                WHERE app.id > @after
                ORDER BY app.id
                LIMIT @take
               """, new { after, take }), ct)
           select row.ToApp(),
    ];

    public async Task<IReadOnlyList<App>> ListAsync(AppFilter filter, long after, int take, CancellationToken ct) =>
    [
        .. from row in await database.ReadAsync(session => session.ListAsync<AppRow>(
               $"""
               {Select}
                WHERE app.id > @after
                  AND (@DeveloperId IS NULL OR app.developer_id = @DeveloperId)
                  AND (@NameBegins  IS NULL OR SUBSTR(app.name, 1, LENGTH(@NameBegins)) = @NameBegins)
                  AND (@isDisabled  IS NULL OR CASE WHEN app.disabled_at IS NULL THEN 0 ELSE 1 END = @isDisabled)
                ORDER BY app.id
                LIMIT @take
               """, new { filter.DeveloperId, filter.NameBegins, isDisabled = Flags.Of(filter.IsDisabled), after, take }), ct)
           select row.ToApp(),
    ];

    public Task<IReadOnlyList<long>> ListOfDeveloperAsync(long developerId, CancellationToken ct) =>
        database.ReadAsync(session => session.ListAsync<long>(
            """
            SELECT id
              FROM app
             WHERE developer_id = @developerId
            """, new { developerId }), ct);

    public Task<bool> TryAddAsync(App app, CancellationToken ct) => TryStoreAsync(Insert, app, ct);

    public Task<bool> TryChangeAsync(App app, CancellationToken ct) => TryStoreAsync(Update, app, ct);

    public async Task<App?> ChangeAsync(long id, Func<App, App?> change, CancellationToken ct)
    {
        App? changed = null;
        var stored = await database.TryWriteAsync(
            async session =>
            {
                // Written before it is read, which keeps other changes of it waiting.
                if (await session.ExecuteAsync("UPDATE app SET name = name WHERE id = @id", new { id }) == 0)
                    return false;

                var row = await session.FirstAsync<AppRow>(
                    $"""
                    {Select}
                     WHERE app.id = @id
                    """, new { id });
                changed = change(row!.ToApp());
                return changed is not null && await StoreAsync(session, Update, changed);
            }, ct);
        return stored ? changed : null;
    }

    public Task FreezeAsync(long id, DateTimeOffset until, CancellationToken ct) => database.WriteAsync(
        async session =>
        {
            await session.ExecuteAsync(
                """
                UPDATE app
                   SET frozen_until = @until
                 WHERE id = @id
                """, new { id, until = until.ToMilliseconds() });
            await session.AnnounceAsync(ChangeKind.App, id);
            return true;
        }, ct);

    private Task<bool> TryStoreAsync(string sql, App app, CancellationToken ct) => database.TryWriteAsync(
        session => StoreAsync(session, sql, app), ct);

    /// <summary>Stores a new app, as a part of something larger.</summary>
    public static Task<bool> AddAsync(Session session, App app) => StoreAsync(session, Insert, app);

    private static async Task<bool> StoreAsync(Session session, string sql, App app)
    {
        var stored = await session.ExecuteAsync(sql, AppRow.Of(app)) == 1;
        await session.AnnounceAsync(ChangeKind.App, app.Id);
        return stored;
    }

    private sealed class AppRow
    {
        public long Id { get; init; }
        public long DeveloperId { get; init; }
        public long ProjectId { get; init; }
        public string Name { get; init; } = "";
        public long IsPublic { get; init; }
        public string SecretHashes { get; init; } = "";
        public string RedirectUris { get; init; } = "";
        public string AppliedScopes { get; init; } = "";
        public string ApprovedScopes { get; init; } = "";
        public string? OpenGrants { get; init; }
        public string ServiceAccounts { get; init; } = "";
        public string Allowlist { get; init; } = "";
        public long? QuotaPerMinute { get; init; }
        public long CreatedAt { get; init; }
        public long? DisabledAt { get; init; }
        public string? EventCallback { get; init; }
        public long EventKinds { get; init; }
        public string? EventSurface { get; init; }
        public string Referers { get; init; } = "";
        public long IsSigning { get; init; }
        public string SigningSecrets { get; init; } = "";
        public long WritesWithoutSecret { get; init; }
        public long? RequiresHttps { get; init; }
        public long RefreshNeedsSecret { get; init; }
        public long AddsToRedirectUris { get; init; }
        public long OpenIds { get; init; }
        public long? FrozenUntil { get; init; }
        public long? DeveloperDisabledAt { get; init; }
        public long? KnownGroupId { get; init; }
        public long? GroupDisabledAt { get; init; }

        public static AppRow Of(App app) => new()
        {
            Id = app.Id,
            DeveloperId = app.DeveloperId,
            ProjectId = app.ProjectId,
            Name = app.Name,
            IsPublic = app.IsPublic ? 1 : 0,
            SecretHashes = Json.Of(app.SecretHashes),
            RedirectUris = Json.Of(app.RedirectUris),
            AppliedScopes = Json.Of(app.AppliedScopes),
            ApprovedScopes = Json.Of(app.ApprovedScopes),
            OpenGrants = app.GrantTypes is null ? null : Json.Of(app.GrantTypes),
            ServiceAccounts = Json.Of(app.ServiceAccounts),
            Allowlist = Json.Of([.. app.Allowlist.Select(network => network.ToString())]),
            QuotaPerMinute = app.QuotaPerMinute,
            CreatedAt = app.CreatedAt.ToMilliseconds(),
            DisabledAt = app.DisabledAt.ToMilliseconds(),
            EventCallback = app.EventCallback,
            EventKinds = EventKindBits.Of(app.EventKinds),
            EventSurface = app.EventSurface,
            Referers = Json.Of(app.Referers),
            IsSigning = app.IsSigning ? 1 : 0,
            SigningSecrets = Json.Of(app.SigningSecrets),
            WritesWithoutSecret = app.WritesWithoutSecret ? 1 : 0,
            RequiresHttps = app.RequiresHttps switch { null => null, true => 1, false => 0 },
            RefreshNeedsSecret = app.RefreshNeedsSecret ? 1 : 0,
            AddsToRedirectUris = app.AddsToRedirectUris ? 1 : 0,
            OpenIds = app.KnowsPeopleByOpenId ? 1 : 0,
        };

        public App ToApp() => new()
        {
            Id = Id,
            DeveloperId = DeveloperId,
            GroupId = GroupDisabledAt is null ? KnownGroupId : null,
            DeveloperDisabled = DeveloperDisabledAt is not null,
            ProjectId = ProjectId,
            Name = Name,
            IsPublic = IsPublic != 0,
            SecretHashes = Json.Blobs(SecretHashes),
            RedirectUris = Json.Strings(RedirectUris),
            AppliedScopes = Json.Strings(AppliedScopes),
            ApprovedScopes = Json.Strings(ApprovedScopes),
            GrantTypes = OpenGrants is null ? null : Json.Strings(OpenGrants),
            ServiceAccounts = Json.ServiceAccounts(ServiceAccounts),
            Allowlist = [.. Json.Strings(Allowlist).Select(IPNetwork.Parse)],
            QuotaPerMinute = (int?)QuotaPerMinute,
            CreatedAt = Instants.FromMilliseconds(CreatedAt),
            DisabledAt = Instants.FromMilliseconds(DisabledAt),
            EventCallback = EventCallback,
            EventKinds = EventKindBits.Of(EventKinds),
            EventSurface = EventSurface,
            Referers = Json.Strings(Referers),
            IsSigning = IsSigning != 0,
            SigningSecrets = Json.Blobs(SigningSecrets),
            WritesWithoutSecret = WritesWithoutSecret != 0,
            RequiresHttps = RequiresHttps is { } https ? https != 0 : null,
            RefreshNeedsSecret = RefreshNeedsSecret != 0,
            AddsToRedirectUris = AddsToRedirectUris != 0,
            KnowsPeopleByOpenId = OpenIds != 0,
            FrozenUntil = Instants.FromMilliseconds(FrozenUntil),
        };
    }
}
