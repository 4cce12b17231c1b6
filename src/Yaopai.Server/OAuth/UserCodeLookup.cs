using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth;

/// <summary>Finds the device behind a user code for a person's browser, and lets no address try many codes.</summary>
internal sealed class UserCodeLookup(DeviceAuthorizations devices, Quotas quotas, IOptions<QuotaOptions> options)
{
    /// <summary>Every look-up counts: if only misses did, a hit would show in what is left.</summary>
    /// <returns>Whether the address may look at all; and the device, null when the code is unknown or over.</returns>
    public async ValueTask<(bool IsWithinQuota, DeviceAuthorization? Device)> FindAsync(
        IPAddress peer, string userCode, CancellationToken ct) =>
        quotas.TryTake(peer, "user code", options.Value.UserCodesPerMinute) ? (true, await devices.FindAsync(userCode, ct)) : (false, null);
}
