using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>One-tap sign-in: whom it is offered to, and where. It is a service of mainland China.</summary>
internal sealed class OneTap(IOptions<HuaweiAccountOptions> options)
{
    private static readonly TimeSpan s_proofLasts = TimeSpan.FromDays(90);

    private readonly IPNetwork[] _mainland = [.. options.Value.MainlandNetworks.Select(text => IPNetwork.Parse(text))];

    /// <summary>Whether the person agreed to share the bound number, and the app may ask for it.</summary>
    public static bool SharesNumber(App app, Credential granted) =>
        granted.Covers(HuaweiAccountProfile.OneTapPhoneScope) && app.ApprovedScopes.Contains(HuaweiAccountProfile.OneTapPhoneScope);

    /// <summary>The same of the number with its middle hidden.</summary>
    public static bool SharesMasked(App app, Credential granted) => granted.Covers(HuaweiAccountProfile.OneTapMaskedPhoneScope)
        && app.ApprovedScopes.Contains(HuaweiAccountProfile.OneTapMaskedPhoneScope);

    /// <summary>The region of the person to whom it is not offered: of the account or else of its number. Null where it is.</summary>
    public static string? ForeignRegionOf(Account account) =>
        !account.IsMainland ? account.Region
        : account.BoundPhone is { IsMainland: false } phone ? phone.Region
        : null;

    /// <summary>1 while it is not long ago that the number proved reachable.</summary>
    public static int Valid(PhoneNumber phone, DateTimeOffset now) => now - phone.VerifiedAt <= s_proofLasts ? 1 : 0;

    /// <summary>Whether an app's server at this address is in mainland China, as far as the installation knows.</summary>
    public bool IsMainland(IPAddress peer)
    {
        if (_mainland.Length == 0)
            return true;

        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return _mainland.Any(network => network.Contains(address));
    }
}
