using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Yaopai.Server.Pages.Forms;

internal static class PageFormsRegistration
{
    public static void AddPageForms(this IServiceCollection services)
    {
        services.AddSingleton<PageForms>();
        services.AddAntiforgery(options =>
        {
            options.FormFieldName = PageForms.TokenField;
            options.HeaderName = null;
            options.SuppressXFrameOptionsHeader = true; // the pages say DENY
            options.Cookie.Name = "forgery";
            // who comes over from an app's page would lose a strict one, and with it the forms in other tabs
            options.Cookie.SameSite = SameSiteMode.Lax;
            options.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });

        // AddAntiforgery brings the framework's key ring along, which would write key files into the home folder at start.
        services.RemoveAll<IDataProtectionProvider>();
        services.AddSingleton<IDataProtectionProvider, KeyRingProtectionProvider>();
        foreach (var service in services.Where(service => service.ServiceType == typeof(IHostedService)
                     && service.ImplementationType?.Assembly == typeof(DataProtectionServiceCollectionExtensions).Assembly).ToList())
            services.Remove(service);
    }
}
