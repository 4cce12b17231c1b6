using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi.OAuth;

/// <summary>The OAuth endpoints of the surface: what is where.</summary>
internal sealed class OAuthEndpoints
{
    public OAuthEndpoints(
        Authorize.Services authorize, Token.Services token, TokenInfo.Services tokenInfo, DeviceCode.Services deviceCode, DevicePage.Services devicePage)
    {
        var devicePageOperation = DevicePage.Operation(devicePage);
        Paths = new Dictionary<string, IOperation>
        {
            ["/oauth/2.0/authorize"] = Authorize.Operation(authorize),
            ["/oauth/2.0/token"] = Token.Operation(token),
            ["/oauth/2.0/tokeninfo"] = TokenInfo.Operation(tokenInfo),
            ["/oauth/2.0/device/code"] = DeviceCode.Operation(deviceCode),
            [DevicePage.Path] = devicePageOperation,
            [DevicePage.QrPath] = devicePageOperation,
        };
    }

    public IReadOnlyDictionary<string, IOperation> Paths { get; }
}
