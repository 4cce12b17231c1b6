using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.WeLink.Attendance;
using Yaopai.Server.Surfaces.WeLink.Auth;
using Yaopai.Server.Surfaces.WeLink.Contacts;
using Yaopai.Server.Surfaces.WeLink.Contacts.Changes;
using Yaopai.Server.Surfaces.WeLink.Events;
using Yaopai.Server.Surfaces.WeLink.Messages;
using Yaopai.Server.Surfaces.WeLink.Recognition;
using Yaopai.Server.Surfaces.WeLink.Todos;
using Yaopai.Server.Surfaces.WeLink.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>WeLink, as the program takes it in.</summary>
internal sealed class WeLinkModule : ISurfaceModule
{
    public void AddProfile(IServiceCollection services)
    {
        services.AddOptions<WeLinkGrantOptions>().BindConfiguration(WeLinkGrantOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddProfile<WeLinkProfile>();
        services.AddSingleton<IEventWriter, TenantEvents>(); // the command line sets which events an app is told
    }

    public void AddSurface(IServiceCollection services) => services
        .AddSurface<WeLinkSurface, WeLinkOptions>(WeLinkOptions.SectionName)
        .AddSingleton<WeLinkDialect>()
        .AddSingleton<WeLinkKit>()
        .AddSingleton<BatchKit>()
        .AddSingleton<ContactKit>()
        .AddSingleton<TicketKit>()
        .AddSingleton<SsoKit>()
        .AddSingleton<QrSignIn>()
        .AddSingleton<MessageKit>()
        .AddSingleton<TodoKit>()
        .AddSingleton<KnowledgeKit>()
        .AddSingleton<AttendanceKit>()
        .AddSingleton<RecognitionKit>()
        .AddSingleton<ISandboxCodes, WeLinkCodes>();
}
