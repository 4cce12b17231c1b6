namespace Yaopai.Server.Events;

internal static class EventsRegistration
{
    /// <summary>What writing and listing events takes. Each surface with events of its own adds an <see cref="IEventWriter"/>.</summary>
    public static IServiceCollection AddEvents(this IServiceCollection services)
    {
        services.AddOptions<EventOptions>().BindConfiguration(EventOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services.AddSingleton<EventSignal>().AddSingleton<EventWriters>().AddSingleton<EventPolicy>();
    }

    /// <summary>Sends them from this node.</summary>
    public static IServiceCollection AddEventSender(this IServiceCollection services) => services
        .AddSingleton<CallbackClient>()
        .AddSingleton<EventDelivery>()
        .AddHostedService<EventSender>();
}
