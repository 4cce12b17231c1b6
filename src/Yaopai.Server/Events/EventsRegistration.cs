using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Yaopai.Server.Events;

internal static class EventsRegistration
{
    /// <summary>What everyone needs who writes events or looks at them; the stores are storage's.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton<EventSignal>();
        return services;
    }

    /// <summary>Sends them from this node. An <see cref="IEventWriter"/> has to be registered.</summary>
    public static IServiceCollection AddEventSender(this IServiceCollection services) => services
        .AddSingleton<CallbackClient>()
        .AddSingleton<EventDelivery>()
        .AddHostedService<EventSender>();
}
