using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Upstreams;

internal static class UpstreamsRegistration
{
    /// <summary>Clients of other platforms. An <see cref="IUpstreamSeam"/> and an <see cref="IOwnAddress"/> are used
    /// when registered.</summary>
    public static IServiceCollection AddUpstreams(this IServiceCollection services)
    {
        services.AddOptions<UpstreamOptions>().BindConfiguration(UpstreamOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<UpstreamSeal>()
            .AddSingleton<UpstreamHttp>()
            .AddSingleton<WeChatAccounts>()
            .AddSingleton<IChangeListener>(provider => provider.GetRequiredService<WeChatAccounts>())
            .AddSingleton<WeChatTransport>()
            .AddSingleton<WeChatTokens>()
            .AddSingleton<WeChatClient>();
    }
}
