using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Claims;
using System.Text.Json;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Yaopai.Tests.Strangers;

/// <summary>ASP.NET Core's OAuth handler at the Open API, with state, PKCE and a profile.</summary>
public sealed class MicrosoftOAuthTests(StrangersServer fixture) : IClassFixture<StrangersServer>
{
    [Fact]
    public async Task FC_55_the_handler_of_ASP_NET_Core_signs_a_person_in()
    {
        var registered = await fixture.NewAppAsync(WebAppOfOthers.Callback);
        var open = $"{fixture.Origin}/open";
        await using var app = await WebAppOfOthers.StartAsync(
            fixture.Server,
            services => services.AddAuthorization()
                .AddAuthentication(options =>
                {
                    options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                    options.DefaultChallengeScheme = "yaopai";
                })
                .AddCookie()
                .AddOAuth("yaopai", options =>
                {
                    options.ClientId = $"{registered.ClientId}";
                    options.ClientSecret = registered.ClientSecret;
                    options.AuthorizationEndpoint = $"{open}/oauth/2.0/authorize";
                    options.TokenEndpoint = $"{open}/oauth/2.0/token";
                    options.UserInformationEndpoint = $"{open}/rest/2.0/passport/users/getLoggedInUser";
                    options.CallbackPath = WebAppOfOthers.Callback;
                    options.Scope.Add("basic");
                    options.UsePkce = true;
                    options.ClaimActions.MapJsonKey(ClaimTypes.Name, "uname");
                    // The handler leaves to whoever uses it how a profile is asked for.
                    options.Events.OnCreatingTicket = async context =>
                    {
                        using var request = new HttpRequestMessage(HttpMethod.Get, context.Options.UserInformationEndpoint);
                        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", context.AccessToken);
                        using var answer = await context.Backchannel.SendAsync(request);
                        context.RunClaimActions(await answer.Content.ReadFromJsonAsync<JsonElement>());
                    };
                }),
            pages => pages.MapGet("/", (ClaimsPrincipal person) => person.Identity!.Name).RequireAuthorization());

        Assert.Equal("mainland", await app.SignInAsync());
    }
}
