using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SignIn;

/// <summary>Signs people in with their Huawei account: the part of an app that talks to the platform.</summary>
/// <param name="http">Begins at the platform's address.</param>
public sealed class HuaweiAccount(HttpClient http, string clientId, string clientSecret)
{
    /// <summary>After these the person has to sign in again: code expired, used or revoked, refresh token expired or revoked.</summary>
    private static readonly string[] s_over = ["1101/20155", "1101/20156", "1101/20158", "1203/11205", "1203/31204"];

    private const string TokenExpired = "NSP_STATUS/6";

    /// <summary>Where the browser is sent.</summary>
    public string AuthorizePath(string redirectUri, string state) =>
        $"huawei/oauth2/v3/authorize?response_type=code&client_id={clientId}&scope=openid+profile&access_type=offline"
        + $"&redirect_uri={Uri.EscapeDataString(redirectUri)}&state={state}";

    /// <summary>Exchanges the code that the browser came back with.</summary>
    public Task<Session> SignInAsync(string code) => AskForTokensAsync(("grant_type", "authorization_code"), ("code", code));

    /// <summary>Who signed in. A token that expired is refreshed.</summary>
    public async Task<string> NameAsync(Session session)
    {
        try
        {
            return await ReadNameAsync(session);
        }
        catch (SignInException expired) when (expired.Number is TokenExpired)
        {
            var fresh = await AskForTokensAsync(("grant_type", "refresh_token"), ("refresh_token", session.RefreshToken!));
            session.AccessToken = fresh.AccessToken;
            return await ReadNameAsync(session);
        }
    }

    private async Task<string> ReadNameAsync(Session session)
    {
        using var answer = await PostAsync(
            "huawei/rest.php?nsp_svc=GOpen.User.getInfo", ("access_token", session.AccessToken), ("getNickName", "1"));
        if (answer.Headers.TryGetValues("NSP_STATUS", out var status))
            throw new SignInException($"NSP_STATUS/{status.First()}", mustSignInAgain: false, RequestOf(answer));

        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("displayName").GetString()!;
    }

    private async Task<Session> AskForTokensAsync(params (string Name, string Value)[] grant)
    {
        using var answer = await PostAsync(
            "huawei/oauth2/v3/token", [.. grant, ("client_id", clientId), ("client_secret", clientSecret)]);
        if (answer.StatusCode is HttpStatusCode.ServiceUnavailable)
            throw new SignInException("http/503", mustSignInAgain: false, RequestOf(answer));

        var json = await answer.Content.ReadFromJsonAsync<JsonElement>();
        if (json.TryGetProperty("error", out var error))
        {
            var number = $"{error}/{json.GetProperty("sub_error")}";
            throw new SignInException(number, s_over.Contains(number), RequestOf(answer));
        }

        return json.TryGetProperty("access_token", out var token)
            ? new Session(token.GetString()!, json.TryGetProperty("refresh_token", out var refresh) ? refresh.GetString() : null)
            : throw new SignInException("no access_token", mustSignInAgain: true, requestId: null);
    }

    /// <summary>A platform that is busy has done nothing, and is asked once more. Where the answer is lost, the code may be used
    /// up.</summary>
    private async Task<HttpResponseMessage> PostAsync(string path, params (string Name, string Value)[] form)
    {
        for (var isLast = false; ; isLast = true)
        {
            using var content = new FormUrlEncodedContent(form.Select(one => KeyValuePair.Create(one.Name, one.Value)));
            try
            {
                var answer = await http.PostAsync(path, content);
                if (answer.StatusCode is not HttpStatusCode.ServiceUnavailable || isLast)
                    return answer;
                answer.Dispose();
            }
            catch (HttpRequestException)
            {
                throw new SignInException("no answer", mustSignInAgain: true, requestId: null);
            }
        }
    }

    private static string? RequestOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("X-Request-Id", out var ids) ? ids.First() : null;
}

/// <summary>What the app keeps of a person who signed in.</summary>
public sealed class Session(string accessToken, string? refreshToken)
{
    public string AccessToken { get; set; } = accessToken;

    public string? RefreshToken => refreshToken;
}

/// <summary>The platform refused, or its answer is no good.</summary>
public sealed class SignInException(string number, bool mustSignInAgain, string? requestId) : Exception($"The sign-in failed: {number}.")
{
    public string Number => number;

    public bool MustSignInAgain => mustSignInAgain;

    public string? RequestId => requestId;
}
