using System.Globalization;
using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Tests.Http;

/// <summary>An app of a developer, calling the Open API surface of a server.</summary>
internal sealed class OpenCaller(TestServer server, DemoData.DemoApp? app = null)
{
    public const string Rest = "/open/rest/2.0/";
    public const string RestServer = "/open/1.0/restserver";

    public DemoData.DemoApp App { get; } = app ?? DemoData.Apps[0];

    public string ClientId => App.ClientId.ToString();

    public Task<HttpResponseMessage> PostAsync(string path, params (string Name, string? Value)[] form) =>
        server.Http.PostAsync(path, HuaweiCaller.Form(form));

    /// <summary>A method with an access token.</summary>
    public Task<HttpResponseMessage> CallAsync(string method, string token, params (string Name, string? Value)[] more) =>
        PostAsync(Rest + method, [("access_token", token), .. more]);

    /// <summary>A method for a session, signed.</summary>
    public Task<HttpResponseMessage> SignedAsync(string method, Tokens session, params (string Name, string? Value)[] more) =>
        PostAsync(Rest + method, Sign(session.SessionSecret, "sign", [("session_key", session.SessionKey), ("timestamp", Now()), .. more]));

    /// <summary>A method for the app itself, signed.</summary>
    public Task<HttpResponseMessage> AppSignedAsync(string method, params (string Name, string? Value)[] more) =>
        PostAsync(Rest + method, Sign(App.ClientSecret, "sign", [("client_id", ClientId), ("timestamp", Now()), .. more]));

    /// <summary>A method by its name at the first dispatcher, signed with the secret of the app.</summary>
    public Task<HttpResponseMessage> NumberedAsync(
        string method, string callId, Tokens? session, params (string Name, string? Value)[] more) =>
        PostAsync(RestServer, Sign(App.ClientSecret, "bd_sig",
            [("method", method), ("v", "1.0"), ("api_key", ClientId), ("session_key", session?.SessionKey), ("call_id", callId), .. more]));

    /// <summary>What a person allows gives the app, without a browser; nobody for the app's own.</summary>
    public async Task<Tokens> TokensAsync(string? user = "mainland", string? scope = null)
    {
        var response = await server.Http.PostAsJsonAsync(
            "/sandbox/tokens", new { surface = "open", client_id = App.ClientId, user, scope });
        var json = await response.JsonAsync();
        return json.TryGetProperty("access_token", out var access)
            ? new Tokens(access.GetString()!, Text(json, "session_key"), Text(json, "session_secret"))
            : throw new InvalidOperationException(json.ToString());
    }

    public Task WithdrawAsync(string user) => server.Http.PostAsJsonAsync("/sandbox/withdraw", new { client_id = App.ClientId, user });

    /// <summary>Moves the clock of this app alone.</summary>
    public Task AdvanceAsync(string duration) =>
        server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = duration, client_id = App.ClientId });

    public Task ResetClockAsync() => server.Http.DeleteAsync($"/sandbox/clock?client_id={ClientId}");

    /// <summary>Each its own: two calls of one moment differ by what else they say, or one is the other again.</summary>
    public static string Now() =>
        DateTimeOffset.UtcNow.ToOffset(TimeSpan.FromHours(8)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    public static (string Name, string? Value)[] Sign(
        string secret, string name, (string Name, string? Value)[] parameters, SignatureMethod method = SignatureMethod.Md5)
    {
        var sent = parameters.Where(parameter => parameter.Value is not null)
            .Append((Name: "nonce", Value: Guid.NewGuid().ToString("n"))).ToArray();
        var text = Signature.Scheme.BaseString(
            sent.Select(parameter => KeyValuePair.Create(parameter.Name, parameter.Value!)), name, withEmpty: false);
        return [.. sent, (name, Signature.Scheme.Sign(method, text, secret))];
    }

    private static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;

    internal sealed record Tokens(string Access, string SessionKey, string SessionSecret);
}
