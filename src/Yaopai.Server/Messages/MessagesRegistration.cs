namespace Yaopai.Server.Messages;

internal static class MessagesRegistration
{
    public static IServiceCollection AddMessages(this IServiceCollection services)
    {
        services.AddOptions<MessageOptions>().BindConfiguration(MessageOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<IMessageChannel, WebhookChannel>()
            .AddSingleton<IMessageChannel, InboxChannel>() // the last: what came so far is in the inbox, or nowhere
            .AddSingleton<Messenger>();
    }
}
