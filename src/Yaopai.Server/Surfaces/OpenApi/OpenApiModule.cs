using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Server.Surfaces.OpenApi.Data;
using Yaopai.Server.Surfaces.OpenApi.Methods;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>The Open API, as the program takes it in.</summary>
internal sealed class OpenApiModule : ISurfaceModule
{
    public GrantTypes? GrantTypes => OpenApiGrantTypes.Types;

    public void AddProfile(IServiceCollection services)
    {
        services.AddOptions<OpenApiGrantOptions>().BindConfiguration(OpenApiGrantOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddProfile<OpenApiProfile>();
    }

    public void AddSurface(IServiceCollection services)
    {
        services.AddOptions<OpenApiOptions>()
            .Validate(options => options.IpLibrary is null || File.Exists(options.IpLibrary),
                $"{OpenApiOptions.SectionName}:IpLibrary: there is no such file.")
            .Validate(
                options => options.IpLibrary is null || !File.Exists(options.IpLibrary) || IpLibrary.FirstWrong(options.IpLibrary) is null,
                $"{OpenApiOptions.SectionName}:IpLibrary: a line is not like 203.0.113.0/24,province,city.");
        services
            .AddSurface<OpenApiSurface, OpenApiOptions>(OpenApiOptions.SectionName)
            .AddSingleton<OpenApiDialect>()
            .AddSingleton<ApiCredentials>()
            .AddSingleton<SessionSecrets>()
            .AddSingleton<PortraitTokens>()
            .AddSingleton<PersonNames>()
            .AddSingleton<CallSignature>()
            .AddSingleton<ApiAdmission>()
            .AddSingleton<DataMethods>()
            .AddSingleton<MethodTable>()
            .AddSingleton(provider => new Lazy<MethodTable>(provider.GetRequiredService<MethodTable>))
            .AddSingleton<IpLibrary>()
            .AddSingleton<ISandboxCodes, OpenApiCodes>()
            .AddSingleton<ISignatureExplanation, SignatureExplanation>();
    }
}
