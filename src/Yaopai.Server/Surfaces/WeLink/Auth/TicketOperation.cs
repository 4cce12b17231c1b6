using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using A = Yaopai.Errors.WeLinkErrors.Auth;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>How the endpoints for tokens are put together.</summary>
internal static class TicketOperation
{
    /// <summary>What goes wrong in the server is any other failure to issue a token.</summary>
    private static readonly ErrorDefinition[] s_rows =
    [
        A.RequestMalformed, A.ClientAuthenticationFailed, A.AccessTokenUnavailable, G.AppNotIsv, G.AccessForbidden, G.CallsThrottled,
        G.AddressUnknown, G.Ok,
    ];

    public static Operation<TicketRequest> Of(string name, TicketKit kit, RuleLists<TicketRequest> rules) => new("welink", name, s_rows)
    {
        Source = ParameterSource.None, // read below: the rules say what of it comes first
        AdmitsByRules = true,
        Read = async call => new TicketRequest(call, kit, await call.ReadAsync(ParameterSource.Json)),
        Client = x => ClientId.Parse(x.ClientId),
        Rules = rules,
        Gives = Given.Tokens,
        Failures = WeLinkFailures.With(s_rows, A.RequestMalformed, A.AccessTokenUnavailable),
    };
}
