using Yaopai.Errors;
using Yaopai.Server.Administration;

namespace Yaopai.Server.Admin.Resources;

/// <summary>What an owner does with admin keys.</summary>
internal sealed class AdminKeyAdministration(IAdminKeyStore keys, Auditor auditor, TimeProvider time)
{
    public const string Kind = "admin-key";

    /// <summary>For how long the secret before a rotation holds at most.</summary>
    public static readonly TimeSpan LongestOverlap = TimeSpan.FromDays(90);

    public static readonly TimeSpan UsualOverlap = TimeSpan.FromDays(1);

    public IReadOnlyList<Field> FieldsOf(AdminKey key)
    {
        var now = time.GetUtcNow();
        return
        [
            new("id",                    AdminKeyText.Id(key.Id)),
            new("name",                  key.Name),
            new("role",                  AdminRoles.NameOf(key.Role)),
            new("state",                 key.RevokedAt is not null ? "revoked" : key.HoldsAt(now) ? "enabled" : "expired"),
            new("created_at",            key.CreatedAt),
            new("expires_at",            key.ExpiresAt),
            new("rotated_at",            key.RotatedAt),
            new("previous_secret_until", now < key.PreviousUntil ? key.PreviousUntil : null),
            new("last_used_at",          key.LastUsedAt),
            new("last_address",          key.LastAddress),
            new("revoked_at",            key.RevokedAt),
        ];
    }

    public async Task<AdminKey> FindAsync(long id, CancellationToken ct) => await keys.FindAsync(id, ct) ?? throw Unknown(id);

    public Task<IReadOnlyList<AdminKey>> ListAsync(long after, int take, CancellationToken ct) => keys.ListAsync(after, take, ct);

    /// <returns>With the text that is shown once.</returns>
    public Task<(AdminKey Key, string Text)> CreateAsync(
        Actor actor, string name, AdminRole role, DateTimeOffset? expiresAt, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "admin-key.create", Kind),
        async trace =>
        {
            RequireFuture(expiresAt);
            var secret = AdminKeyText.NewSecret();
            var blank = new AdminKey
            {
                Id = 0,
                Name = name,
                Role = role,
                Hash = AdminKeyText.Hash(secret),
                CreatedAt = time.GetUtcNow(),
                ExpiresAt = expiresAt,
            };
            var key = await NewIds.AddAsync(() => blank with { Id = AdminKeyText.NewId() }, TryAddAsync, ct);
            Note(trace, key);
            return (key, AdminKeyText.Write(key.Id, secret));
        }, ct);

    /// <summary>Gives the key another secret.</summary>
    /// <param name="overlap">For how long the present one goes on to hold; the one before it ends now.</param>
    /// <param name="expiresAt">Null to leave the expiry as it is.</param>
    public Task<(AdminKey Key, string Text)> RotateAsync(
        Actor actor, long id, TimeSpan overlap, DateTimeOffset? expiresAt, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "admin-key.rotate", Kind, AdminKeyText.Id(id)),
        async trace =>
        {
            RequireFuture(expiresAt);
            var secret = AdminKeyText.NewSecret();
            var now = time.GetUtcNow();
            var key = await StoreAsync(trace, id, key => key.HoldsAt(now)
                ? key with
                {
                    Hash = AdminKeyText.Hash(secret),
                    PreviousHash = overlap > TimeSpan.Zero ? key.Hash : null,
                    PreviousUntil = overlap > TimeSpan.Zero ? now + overlap : null,
                    RotatedAt = now,
                    ExpiresAt = expiresAt ?? key.ExpiresAt,
                }
                : throw new CommandException(
                    OperatorErrors.AdminKeys.AdminKeyEnded, $"Admin key {AdminKeyText.Id(id)} is revoked or expired."), ct);
            return (key, AdminKeyText.Write(id, secret));
        }, ct);

    /// <summary>Ends the key, on every node with its next request. A key that is revoked stays so since then.</summary>
    public Task<AdminKey> RevokeAsync(Actor actor, long id, CancellationToken ct) => auditor.RecordAsync(
        new Deed(actor, "admin-key.revoke", Kind, AdminKeyText.Id(id)),
        trace =>
        {
            var now = time.GetUtcNow();
            return StoreAsync(trace, id, key => key with
            {
                RevokedAt = key.RevokedAt ?? now,
                PreviousHash = null,
                PreviousUntil = null,
            }, ct);
        }, ct);

    private async Task<bool> TryAddAsync(AdminKey key, CancellationToken ct)
    {
        if (await keys.TryAddAsync(key, ct))
            return true;

        // The id is one of 2^62: what is taken is the name.
        return await keys.FindAsync(key.Id, ct) is not null ? false
            : throw new CommandException(OperatorErrors.AdminKeys.NameTaken, $"There is an admin key {key.Name} already.");
    }

    private async Task<AdminKey> StoreAsync(Trace trace, long id, Func<AdminKey, AdminKey> change, CancellationToken ct)
    {
        var revision = new Revision<AdminKey>(change, isCurrent: null);
        var changed = await keys.ChangeAsync(id, revision.Apply, ct);
        revision.ThrowIfRefused();
        if (revision.Before is { } before)
            trace.Was(FieldsOf(before));
        Note(trace, changed ?? throw Unknown(id));
        return changed;
    }

    private void Note(Trace trace, AdminKey key)
    {
        trace.Of(AdminKeyText.Id(key.Id));
        trace.Is(FieldsOf(key));
    }

    private void RequireFuture(DateTimeOffset? expiresAt)
    {
        if (expiresAt <= time.GetUtcNow())
            throw CommandException.WrongUsage(
                OperatorErrors.AdminKeys.ExpiryPassed, $"The key would have expired on {Field.Instant(expiresAt.Value)}.");
    }

    private static CommandException Unknown(long id) => CommandException.NotFound(Kind, AdminKeyText.Id(id));
}
