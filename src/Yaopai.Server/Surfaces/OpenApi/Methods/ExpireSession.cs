using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>passport/auth/expireSession — ends this sign-in: the token,
/// the session key and whatever else came of one authorization.</summary>
internal sealed record ExpireSession(ApiAdmission Admission, Revoker Revoker) : IOperationDefinition
{
    public IOperation Define() => Admission.Operation(
        new ApiMethod("ExpireSession", Audience.Users), [], (call, caller) => new Request(call, caller), async x =>
        {
            await Revoker.RevokeGrantAsync(x.Credential!, x.Call.Ct);
            return OpenApiDialect.Result(true);
        });

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller);
}
