using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/auth/expireSession — ends this sign-in: the token, the session key and whatever else came of one authorization.</summary>
internal static class ExpireSession
{
    public static Operation<Request> Operation(Services services) => new ApiMethod("ExpireSession", Audience.Users).Operation(
        services.Api, [], (call, caller) => new Request(call, caller), async x =>
        {
            await services.Revoker.RevokeGrantAsync(x.Credential!, x.Call.Ct);
            return OpenApiDialect.Result(true);
        });

    internal sealed record Services(ApiServices Api, Revoker Revoker);

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller);
}
