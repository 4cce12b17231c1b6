using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Yaopai.Server.Pages.Consenting;
using Yaopai.Server.Pages.ErrorReference;
using Yaopai.Server.Pages.Forms;
using Yaopai.Server.Pages.Refusals;
using Yaopai.Server.Pages.SigningIn;
using Yaopai.Server.Protocol;

namespace Yaopai.Server.Pages;

internal static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        // The encoder that is there otherwise writes every Chinese character as eight.
        services.TryAddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddPageForms();
        return services
            .AddSingleton<IErrorPage, ErrorPage>()
            .AddSingleton<Visits>()
            .AddSingleton<SignInRoutes>()
            .AddSingleton<ConsentRoutes>();
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder app)
    {
        app.MapPage(PagePaths.Assets + "/{name}", Asset.WriteAsync);
        app.MapErrorReference();
        app.MapForm(PagePaths.SignIn, http => At<SignInRoutes>(http).ShowAsync(http), http => At<SignInRoutes>(http).TakeAsync(http));
        app.MapForm(PagePaths.Consent, http => At<ConsentRoutes>(http).ShowAsync(http), http => At<ConsentRoutes>(http).TakeAsync(http));
        app.MapFormTarget(PagePaths.SignOut, http => At<SignInRoutes>(http).SignOutAsync(http));
        return app;
    }

    private static T At<T>(HttpContext http) where T : notnull => http.RequestServices.GetRequiredService<T>();
}
