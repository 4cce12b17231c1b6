using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>Settings of the WeLink surface.</summary>
internal sealed class WeLinkOptions : SurfaceOptions
{
    public const string SectionName = "Surfaces:WeLink";

    public WeLinkOptions() => Hosts = ["open.welink.huaweicloud.com", "login.welink.huaweicloud.com"];

    /// <summary>Answers 401, 403, 404 and 500 with that HTTP status, and not with 200.</summary>
    public bool StrictHttpStatus { get; set; }
}
