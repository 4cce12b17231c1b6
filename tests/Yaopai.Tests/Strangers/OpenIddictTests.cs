using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Client;
using OpenIddict.Client.AspNetCore;
using Defaults = OpenIddict.Client.AspNetCore.OpenIddictClientAspNetCoreDefaults;

namespace Yaopai.Tests.Strangers;

/// <summary>OpenIddict's client at Huawei Account, without storage: its whole state is in the parameter.</summary>
public sealed class OpenIddictTests(StrangersServer fixture) : IClassFixture<StrangersServer>
{
    [Fact]
    public async Task FC_52_OpenIddict_signs_a_person_in_refreshes_and_revokes()
    {
        var registered = await fixture.NewAppAsync(WebAppOfOthers.Callback);
        var key = new SymmetricSecurityKey(new byte[32]);
        await using var app = await WebAppOfOthers.StartAsync(fixture.Server, services => services.AddOpenIddict().AddClient(options =>
        {
            options.AllowAuthorizationCodeFlow().AllowRefreshTokenFlow().AddEncryptionKey(key).AddSigningKey(key).DisableTokenStorage();
            options.UseAspNetCore().EnableRedirectionEndpointPassthrough().DisableTransportSecurityRequirement(); // on loopback
            options.UseSystemNetHttp();
            options.AddRegistration(new OpenIddictClientRegistration
            {
                Issuer = new Uri(fixture.Issuer), // needs Surfaces:HuaweiAccount:Issuer
                ClientId = $"{registered.ClientId}",
                ClientSecret = registered.ClientSecret,
                RedirectUri = new Uri(WebAppOfOthers.Callback, UriKind.Relative),
                Scopes = { "openid", "profile" },
            });
            // It refreshes where discovery lists that grant type; like the platform's, the document lists none.
            options.AddEventHandler<OpenIddictClientEvents.HandleConfigurationResponseContext>(to => to.UseInlineHandler(found =>
            {
                found.Configuration.GrantTypesSupported.UnionWith(["authorization_code", "refresh_token"]);
                return default;
            }));
        }),
        pages =>
        {
            pages.Map(WebAppOfOthers.Callback, AnswerAsync);
            var offline = new AuthenticationProperties { Parameters = { ["access_type"] = "offline" } };
            pages.MapGet("/", () => Results.Challenge(offline, [Defaults.AuthenticationScheme]));
        });
        Assert.Equal("小明", await app.SignInAsync());
    }

    private static async Task<string> AnswerAsync(HttpContext http, OpenIddictClientService client)
    {
        var person = await http.AuthenticateAsync(Defaults.AuthenticationScheme);
        var refresh = person.Properties!.GetTokenValue(OpenIddictClientAspNetCoreConstants.Tokens.RefreshToken)!;
        var again = await client.AuthenticateWithRefreshTokenAsync(new() { RefreshToken = refresh });
        Assert.Equal(person.Principal!.FindFirstValue("sub"), again.Principal.FindFirstValue("sub"));
        await client.RevokeTokenAsync(new() { Token = refresh });
        await Assert.ThrowsAnyAsync<Exception>(() => client.AuthenticateWithRefreshTokenAsync(new() { RefreshToken = refresh }).AsTask());
        return person.Principal!.FindFirstValue("display_name")!;
    }
}
