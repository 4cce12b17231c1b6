using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Yaopai.Server.Pages.ErrorReference;

namespace Yaopai.Server.Pages;

internal static class PagesRegistration
{
    public static IServiceCollection AddPages(this IServiceCollection services)
    {
        // The encoder that is there otherwise writes every Chinese character as eight.
        services.TryAddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        return services;
    }

    public static IEndpointRouteBuilder MapPages(this IEndpointRouteBuilder app)
    {
        app.MapPage("/assets/{name}", Asset.WriteAsync);
        app.MapErrorReference();
        return app;
    }
}
