using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>In which way a caller says who it is.</summary>
internal enum ApiMode
{
    /// <summary>In none.</summary>
    Nobody,

    /// <summary>By an access token, over a connection that keeps it secret.</summary>
    Token,

    /// <summary>By a session key, and a signature with its secret.</summary>
    Session,

    /// <summary>By the key of an app, and a signature with its secret;
    /// where no person and no app is asked about, by the key alone.</summary>
    App,
}

/// <summary>Who calls, as far as the request says.</summary>
/// <param name="AppId">The app that it speaks for; null where it names none.</param>
/// <param name="Credential">Of the token or the session key.</param>
internal sealed record ApiCaller(ApiMode Mode, long? AppId, ApiCredential Credential)
{
    /// <summary>Two tokens came, one in the header and another as a parameter: a request is made with one (RFC 6750 §2).</summary>
    public bool IsTwofold { get; init; }

    /// <summary>The rules let the caller in already, for the call around this one.</summary>
    public bool IsAuthenticated { get; init; }

    public static async ValueTask<ApiCaller> ReadAsync(Call call, ApiCredentials credentials)
    {
        var isNumbered = call.Path is RestServer.Path;
        var key = KeyIn(call.Parameters);
        var (token, header) = (call.Parameters["access_token"], BearerToken.InHeader(call.Http.Request));
        if (token is "" && call.Parameters["session_key"] is "" && call.Parameters["sign"] is "")
            token = header; // what is signed speaks for itself, whatever a proxy on the way adds
        if (token is not "" && !isNumbered)
            return Of(ApiMode.Token, await credentials.ReadAccessTokenAsync(call, token)) with
            {
                IsTwofold = header is not "" && header != token,
            };

        if (call.Parameters["session_key"] is not { Length: > 0 } sessionKey)
            return new ApiCaller(key is "" ? ApiMode.Nobody : ApiMode.App, ClientId.Parse(key), default);

        // The old dispatcher is told the app, and the session has to be that app's.
        var session = Of(ApiMode.Session, await credentials.ReadSessionKeyAsync(call, sessionKey));
        return isNumbered && key is not "" ? session with { AppId = ClientId.Parse(key) } : session;

        static ApiCaller Of(ApiMode mode, ApiCredential credential) => new(mode, credential.Credential?.AppId, credential);
    }

    /// <summary>Both names are in use.</summary>
    private static string KeyIn(Parameters parameters) => parameters["api_key"] is { Length: > 0 } key ? key : parameters["client_id"];
}
