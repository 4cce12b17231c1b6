using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Strangers;

/// <summary>A web app on a free port of loopback that signs its people in with a library, and a browser that visits it.</summary>
internal sealed class WebAppOfOthers(WebApplication app, TestServer server) : IAsyncDisposable
{
    public const string Callback = "/callback";

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    private readonly Dictionary<string, string> _cookies = [];

    public static async Task<WebAppOfOthers> StartAsync(
        TestServer server, Action<IServiceCollection> library, Action<WebApplication> pages)
    {
        // In Development a failure says why.
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Development" });
        builder.Logging.ClearProviders();
        library(builder.Services);
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        pages(app);
        await app.StartAsync();
        return new WebAppOfOthers(app, server);
    }

    /// <summary>Opens a page of the app that asks who it is: by way of the server, and back to an answer.</summary>
    public async Task<string> SignInAsync()
    {
        using var browser = new BrowserClient(server);
        var begun = await SendAsync(HttpMethod.Get, new Uri(app.Urls.First()));
        var back = await browser.AgreeAsync(begun.Headers.Location!.AbsoluteUri);
        var answer = back.Location is { } callback
            ? await SendAsync(HttpMethod.Get, new Uri(callback))
            : await SendAsync(HttpMethod.Post, new Uri(back.Forms[0].Action), HuaweiCaller.Form([.. back.Forms[0].Preset])); // form_post
        while (answer.Headers.Location is { } next)
            answer = await SendAsync(HttpMethod.Get, new Uri(new Uri(app.Urls.First()), next));

        var said = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, said);
        return said;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await app.DisposeAsync();
    }

    // Cookies of libraries are for HTTPS alone, which browsers take loopback for, and .NET's CookieContainer does not.
    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, Uri address, HttpContent? content = null)
    {
        using var request = new HttpRequestMessage(method, address) { Content = content };
        request.Headers.TryAddWithoutValidation("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        var response = await _http.SendAsync(request);
        if (response.Headers.TryGetValues("Set-Cookie", out var set))
        {
            foreach (var pair in set.Select(cookie => cookie.Split(';', 2)[0].Split('=', 2)))
                _cookies[pair[0]] = pair[1];
        }

        return response;
    }
}
