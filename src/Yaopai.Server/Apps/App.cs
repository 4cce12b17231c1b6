using System.Net;

namespace Yaopai.Server.Apps;

/// <summary>A registered client with everything that a request needs to know of it.</summary>
/// <remarks>Loaded whole and cached, so that admission touches no database. What comes from the developer is read with it.</remarks>
internal sealed record App
{
    /// <summary>The client_id.</summary>
    public required long Id { get; init; }

    public required long DeveloperId { get; init; }

    /// <summary>The developer's account group; null outside any, or while the group is disabled. Read only: set on the developer.</summary>
    public long? GroupId { get; init; }

    /// <summary>True while the developer is disabled. Read only: set on the developer.</summary>
    public bool DeveloperDisabled { get; init; }

    public required long ProjectId { get; init; }

    public required string Name { get; init; }

    /// <summary>A client that can keep no secret: it proves itself by PKCE alone.</summary>
    public bool IsPublic { get; init; }

    /// <summary>SHA-256 of the live secrets, newest first: two during a rotation.</summary>
    public IReadOnlyList<byte[]> SecretHashes { get; init; } = [];

    /// <summary>The app signs calls with its secret, and so a copy of it is kept.</summary>
    public bool IsSigning { get; init; }

    /// <summary>The live secrets of an app that signs, sealed (<see cref="Apps.SigningSecrets"/>), newest first.
    /// None of before it began to sign.</summary>
    public IReadOnlyList<byte[]> SigningSecrets { get; init; } = [];

    public IReadOnlyList<string> RedirectUris { get; init; } = [];

    /// <summary>It adds query parameters to a registered redirect URI, other ones for each request.</summary>
    public bool AddsToRedirectUris { get; init; }

    /// <summary>Hosts of pages that may call (<c>app.example</c>, its subdomains included);
    /// empty means all, and callers that are no pages.</summary>
    public IReadOnlyList<string> Referers { get; init; } = [];

    public IReadOnlyList<string> AppliedScopes { get; init; } = [];

    public IReadOnlyList<string> ApprovedScopes { get; init; } = [];

    /// <summary>The keys that data for the app alone is encrypted to.</summary>
    public IReadOnlyList<ServiceAccount> ServiceAccounts { get; init; } = [];

    /// <summary>The grant types that it may use where a platform lets its apps differ; null for that platform's defaults.</summary>
    public IReadOnlyList<string>? GrantTypes { get; init; }

    /// <summary>People's tokens that no client secret was shown for may write in the app's data store too.</summary>
    public bool WritesWithoutSecret { get; init; }

    /// <summary>It is told OpenIDs and UnionIDs where a platform tells older apps the number of an account.</summary>
    public bool KnowsPeopleByOpenId { get; init; }

    /// <summary>Whether it may be called over HTTPS alone, at surfaces that have an answer for it;
    /// null for what the installation says.</summary>
    public bool? RequiresHttps { get; init; }

    /// <summary>It shows its secret for a refresh too, where a platform asks for none.</summary>
    public bool RefreshNeedsSecret { get; init; }

    /// <summary>By the app's clock: until then its calls are refused, at surfaces that freeze apps that call too often.
    /// Read only: set by freezing.</summary>
    public DateTimeOffset? FrozenUntil { get; init; }

    /// <summary>Networks that may call; empty means all.</summary>
    public IReadOnlyList<IPNetwork> Allowlist { get; init; } = [];

    /// <summary>Calls a minute that the app may make of one operation; null for the installation's default, 0 for no limit.</summary>
    public int? QuotaPerMinute { get; init; }

    /// <summary>Where the app is told what happens to people who trust it; null for nowhere.</summary>
    public string? EventCallback { get; init; }

    /// <summary>What it wants to hear of there.</summary>
    public IReadOnlyList<SecurityEventKind> EventKinds { get; init; } = [];

    /// <summary>The surface in whose words it is told; null for the one that had events before there were several.</summary>
    public string? EventSurface { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? DisabledAt { get; init; }

    public bool IsEnabled => DisabledAt is null && !DeveloperDisabled;

    public bool Allows(IPAddress peer)
    {
        if (Allowlist.Count == 0)
            return true;

        foreach (var network in Allowlist)
        {
            if (network.Contains(peer))
                return true;
        }

        return false;
    }
}
