using Yaopai.Server.Apps;

namespace Yaopai.Server.Organisations;

/// <summary>Apps that registered themselves, each by a name that is its own in the organisation.</summary>
internal interface IRegistrationStore
{
    /// <summary>Whether an app registered itself by that name.</summary>
    Task<bool> IsTakenAsync(long tenantId, string name, CancellationToken ct);

    /// <summary>Stores the app, its home and its name in one transaction. False, and nothing stored, when the name is taken, the id is,
    /// or the organisation is unknown.</summary>
    Task<bool> TryRegisterAsync(App app, AppTenancy home, DateTimeOffset now, CancellationToken ct);
}
