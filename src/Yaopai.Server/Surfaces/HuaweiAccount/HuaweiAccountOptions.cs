using System.ComponentModel.DataAnnotations;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.HuaweiAccount;

/// <summary>Settings of the Huawei Account surface.</summary>
internal sealed class HuaweiAccountOptions : SurfaceOptions
{
    public const string SectionName = "Surfaces:HuaweiAccount";

    public HuaweiAccountOptions() => Hosts =
    [
        "oauth-login.cloud.huawei.com",
        "oauth-api.cloud.huawei.com",
        "account.cloud.huawei.com",
        "account-api.cloud.huawei.com",
        "openrealname.cloud.huawei.com",
        "risc.cloud.huawei.com",
        "accounts.huawei.com", // the issuer, and where clients look for its discovery document
        .. Enumerable.Range(1, 10).Select(number => $"oauth-login{number}.cloud.huawei.com"),
        "login.cloud.huawei.com",
        "api.cloud.huawei.com",
        "api.vmall.com",
    ];

    /// <summary>The <c>iss</c> of ID tokens.</summary>
    [Required]
    public string Issuer { get; set; } = "https://accounts.huawei.com";

    /// <summary>The <c>iss</c> of events, and of the tokens that come with them.</summary>
    [Required]
    public string EventIssuer { get; set; } = "id.cloud.huawei.com";

    /// <summary>Networks of app servers that count as being in mainland China, where one-tap sign-in is offered; empty for all.</summary>
    public string[] MainlandNetworks { get; set; } = [];
}
