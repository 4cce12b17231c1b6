using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Yaopai.Tests.Strangers;

/// <summary>ASP.NET Core's OpenID Connect handler at Huawei Account: discovery, state of four hundred characters, nonce, PKCE.</summary>
public sealed class MicrosoftOpenIdTests(StrangersServer fixture) : IClassFixture<StrangersServer>
{
    [Fact]
    public async Task FC_51_the_OpenID_handler_of_ASP_NET_Core_signs_a_person_in()
    {
        var registered = await fixture.NewAppAsync(WebAppOfOthers.Callback);
        await using var app = await WebAppOfOthers.StartAsync(
            fixture.Server,
            services => services.AddAuthorization()
                .AddAuthentication(options =>
                {
                    options.DefaultScheme = CookieAuthenticationDefaults.AuthenticationScheme;
                    options.DefaultChallengeScheme = OpenIdConnectDefaults.AuthenticationScheme;
                })
                .AddCookie()
                .AddOpenIdConnect(options =>
                {
                    options.Authority = fixture.Issuer; // needs Surfaces:HuaweiAccount:Issuer
                    options.RequireHttpsMetadata = false; // on loopback there is no certificate
                    options.ClientId = $"{registered.ClientId}";
                    options.ClientSecret = registered.ClientSecret;
                    options.ResponseType = "code";
                    options.CallbackPath = WebAppOfOthers.Callback;
                    options.MapInboundClaims = false;
                }),
            pages => pages.MapGet("/", (ClaimsPrincipal person) =>
                $"{person.FindFirstValue("display_name")} of {person.FindFirst("sub")!.Issuer}").RequireAuthorization());

        Assert.Equal($"小明 of {fixture.Issuer}", await app.SignInAsync());
    }
}
