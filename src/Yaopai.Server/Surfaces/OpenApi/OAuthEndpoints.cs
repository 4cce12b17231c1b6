using Yaopai.Server.Protocol;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The OAuth endpoints of the surface: what is where.</summary>
internal sealed class OAuthEndpoints(
    Authorize.Services authorize, Token.Services token, TokenInfo.Services tokenInfo, DeviceCode.Services deviceCode, DevicePage.Services devicePage)
{
    public IReadOnlyDictionary<string, IOperation> Paths { get; } = Make(
        Authorize.Operation(authorize), Token.Operation(token), TokenInfo.Operation(tokenInfo), DeviceCode.Operation(deviceCode), DevicePage.Operation(devicePage));

    private static Dictionary<string, IOperation> Make(IOperation authorize, IOperation token, IOperation tokenInfo, IOperation deviceCode, IOperation devicePage) => new()
    {
        ["/oauth/2.0/authorize"] = authorize,
        ["/oauth/2.0/token"] = token,
        ["/oauth/2.0/tokeninfo"] = tokenInfo,
        ["/oauth/2.0/device/code"] = deviceCode,
        [DevicePage.Path] = devicePage,
        [DevicePage.QrPath] = devicePage,
    };
}
