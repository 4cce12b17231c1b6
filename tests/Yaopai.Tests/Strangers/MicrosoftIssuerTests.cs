using System.Security.Claims;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Yaopai.Tests.Strangers;

/// <summary>What ASP.NET Core's OpenID Connect handler says to a platform that misbehaves.</summary>
public sealed partial class MicrosoftIssuerTests(StrangersServer fixture) : IClassFixture<StrangersServer>
{
    private const string Accepts = "accepts";

    /// <param name="expected">The number of the handler's message, or a part of one that has none.</param>
    [Theory]
    [InlineData("wrong-iss", "IDX10205")]
    [InlineData("wrong-aud", "IDX10214")]
    [InlineData("several-aud", Accepts)] // azp is checked only where it is there
    [InlineData("wrong-sub", Accepts)]   // nobody in particular was meant
    [InlineData("wrong-nonce", "IDX21323")] // no cookie fits it
    [InlineData("missing-nonce", "IDX21320")]
    [InlineData("expired", "IDX10223")]
    [InlineData("issued-in-future", Accepts)]
    [InlineData("not-yet-valid", "IDX10222")]
    [InlineData("wrong-at-hash", "IDX21348")]
    [InlineData("bad-signature", "IDX10511")]
    [InlineData("unknown-kid", Accepts)] // all published keys are tried, and one fits
    [InlineData("unpublished-key", "IDX10503")]
    [InlineData("key-rotated", "IDX10503")] // it read the keys when the sign-in began
    [InlineData("alg-none", "IDX10000")]
    [InlineData("hs256-secret", "IDX10511")]
    [InlineData("hs256-public-key", "IDX10511")]
    [InlineData("jwks-without-key", "IDX10503")]
    [InlineData("wrong-discovery-issuer", "IDX10205")]
    [InlineData("missing-id-token", "IDX10000")]
    [InlineData("text-expires-in", Accepts)]
    [InlineData("extra-fields", Accepts)]
    [InlineData("wrong-state", "Unable to unprotect")]
    [InlineData("missing-state", "State is null or empty")]
    [InlineData("used-code", "1101")]
    public async Task It_says_of_each_way_of_misbehaving_what_the_table_has(string fault, string expected)
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
                    options.Authority = fixture.Issuer;
                    options.RequireHttpsMetadata = false; // on loopback there is no certificate
                    options.ClientId = $"{registered.ClientId}";
                    options.ClientSecret = registered.ClientSecret;
                    options.ResponseType = "code";
                    options.CallbackPath = WebAppOfOthers.Callback;
                    options.MapInboundClaims = false;
                }),
            pages => pages.MapGet("/", (ClaimsPrincipal person) => Accepts).RequireAuthorization());

        await using (await fixture.BreakAsync(new { fault }))
            Assert.Equal(expected, await VerdictAsync(app, expected));
    }

    private static async Task<string> VerdictAsync(WebAppOfOthers app, string expected)
    {
        try
        {
            return await app.SignInAsync();
        }
        catch (Xunit.Sdk.XunitException refused)
        {
            return refused.Message.Contains(expected, StringComparison.Ordinal) ? expected
                : Number.Match(refused.Message) is { Success: true } number ? number.Value
                : refused.Message;
        }
    }

    [GeneratedRegex(@"IDX\d+")]
    private static partial Regex Number { get; }
}
