using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Yaopai.Server.Gateway;
using Yaopai.Server.Pages.Binding;
using Yaopai.Server.Pages.Consenting;
using Yaopai.Server.Pages.Devices;
using Yaopai.Server.Pages.ErrorReference;
using Yaopai.Server.Pages.Forgotten;
using Yaopai.Server.Pages.Forms;
using Yaopai.Server.Pages.MyAccount;
using Yaopai.Server.Pages.MyAccount.SecondFactor;
using Yaopai.Server.Pages.OutOfBand;
using Yaopai.Server.Pages.Posting;
using Yaopai.Server.Pages.Refusals;
using Yaopai.Server.Pages.Scanning;
using Yaopai.Server.Pages.SigningIn;
using Yaopai.Server.Pages.SigningUp;
using Yaopai.Server.Pages.Start;

namespace Yaopai.Server.Pages;

internal static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        // The encoder that is there otherwise writes every Chinese character as eight.
        services.TryAddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services
            .AddSingleton<PageForms>()
            .AddSingleton<IErrorPage, ErrorPage>()
            .AddSingleton<IFormPostPage, FormPost>()
            .AddSingleton<INoSuchPage, NoSuchPage>()
            .AddSingleton<StartRoutes>()
            .AddSingleton<InteractionLoader>()
            .AddSingleton<SignInRoutes>()
            .AddSingleton<HalfSignIns>()
            .AddSingleton<ForgottenRoutes>()
            .AddSingleton<SignUpRoutes>()
            .AddSingleton<CodeRoutes>()
            .AddSingleton<ConsentRoutes>()
            .AddSingleton<OutOfBandRoutes>()
            .AddSingleton<DeviceRoutes>()
            .AddSingleton<ScanRoutes>()
            .AddSingleton<BindRoutes>()
            .AddSingleton<MyAccountRoutes>()
            .AddSingleton<PasswordRoutes>()
            .AddSingleton<SessionRoutes>()
            .AddSingleton<SecondFactorRoutes>();
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder app)
    {
        app.MapPage(PagePaths.Assets + "/{name}", Asset.WriteAsync);
        app.MapErrorReference();
        app.MapForm<StartRoutes>(StartRoutes.Path, (routes, http) => routes.ShowAsync(http));
        app.MapForm<SignInRoutes>(PagePaths.SignIn, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<CodeRoutes>(CodeRoutes.Path, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<ForgottenRoutes>(
            PagePaths.Forgotten, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<SignUpRoutes>(PagePaths.SignUp, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<ConsentRoutes>(PagePaths.Consent, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<DeviceRoutes>(PagePaths.Device, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<ScanRoutes>(PagePaths.Scan, (routes, http) => routes.ShowAsync(http));
        app.MapForm<ScanRoutes>(ScanRoutes.StatePath, (routes, http) => routes.SayAsync(http));
        app.MapForm<BindRoutes>(PagePaths.Bind, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<OutOfBandRoutes>(PagePaths.Authorized, (routes, http) => routes.ShowAsync(http));
        app.MapForm<SignInRoutes>(
            PagePaths.SignOut, (routes, http) => routes.ShowSignedOutAsync(http), (routes, http) => routes.SignOutAsync(http));
        app.MapForm<MyAccountRoutes>(PagePaths.Account, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapFormTarget<SessionRoutes>(SessionRoutes.Path, (routes, http) => routes.TakeAsync(http));
        app.MapForm<PasswordRoutes>(
            PasswordRoutes.Path, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        app.MapForm<SecondFactorRoutes>(
            SecondFactorRoutes.Path, (routes, http) => routes.ShowAsync(http), (routes, http) => routes.TakeAsync(http));
        return app;
    }
}
