using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Admin.Api;
using Yaopai.Server.Admin.Resources;
using Yaopai.Server.Administration;
using Yaopai.Server.Apps;
using Yaopai.Server.Attendance;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.DataStore;
using Yaopai.Server.Events;
using Yaopai.Server.Gateway;
using Yaopai.Server.Hosting;
using Yaopai.Server.Hosting.Tls;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Journal;
using Yaopai.Server.Keys;
using Yaopai.Server.Knowledge;
using Yaopai.Server.Marketplace;
using Yaopai.Server.Messages;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;
using Yaopai.Server.Pages;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Recognition;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Storage;
using Yaopai.Server.Stores;
using Yaopai.Server.Todos;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server;

/// <summary>The server put together: rooms in, surfaces out.</summary>
internal static class YaopaiServer
{
    public const int DefaultPort = 7700;

    /// <param name="isolated">Whether the arguments alone count: no variable of the process, and no file beside its program.</param>
    public static WebApplication Build(string[] args, Action<WebApplicationBuilder>? adjust = null, bool isolated = false)
    {
        args = Settings.Arguments(args);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions
        {
            Args = args,
            ContentRootPath = AppContext.BaseDirectory, // appsettings.json lies beside the program, wherever it is started
        });
        if (isolated)
            Settings.AddAlone(builder.Configuration, args);
        else
            Settings.Add(builder.Configuration, args);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = 64 * 1024; // parameters may stand in the query, and then tokens do
            // over HTTP/2 the path is one of the headers
            kestrel.Limits.Http2.MaxRequestHeaderFieldSize = kestrel.Limits.MaxRequestLineSize;
            kestrel.Limits.MaxRequestHeadersTotalSize = kestrel.Limits.MaxRequestLineSize + (32 * 1024);
            kestrel.Limits.MaxRequestBodySize = null; // the gateway counts, so that a large body gets a documented answer
        });
        RequestLines.KeepOutOfLogs(builder.Services);

        adjust?.Invoke(builder);
        builder.UseAddresses(Settings.UrlOf(DefaultPort));
        AddPlatform(builder.Services, builder.Configuration);
        AddServing(builder.Services, builder.Configuration, builder.Environment);
        SettingNames.Check(builder.Services, builder.Configuration, typeof(SandboxOptions));

        var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate(); // all faults at once, before anything stands on one of them
        app.Services.GetService<ServerCertificates>(); // reads its files, and says so when they are no good
        app.UseEveryRequest();
        app.UseComingAndGoing();
        app.UseSurfaces();
        app.UseProblems();
        app.UseNearestAddress();
        app.UseRouting();
        app.MapPages();
        app.MapHealth();
        app.MapAdminApi();
        if (SandboxRegistration.IsOn(builder.Configuration, builder.Environment))
            app.MapSandbox();

        return app;
    }

    /// <summary>The domain and what it stands on: what the command line needs too.</summary>
    public static void AddPlatform(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Readiness>();
        services.AddStorage(configuration);
        services.AddKeys(Settings.DataFolder(configuration));
        services.AddIdentifiers();
        services.AddCredentials();
        services.AddConsents();
        services.AddProfiles();
        foreach (var surface in InstalledSurfaces.All)
            surface.AddProfile(services);
        services.AddEvents();
        services.AddProvisioning();
        services.AddDataStore();
        services.AddApps();
        services.AddUpstreams();
        services.AddSingleton<ShortLinks.ShortLinks>();
        services.AddSingleton<CheckIns>();
        services.AddKnowledge();
        services.AddSignIn();
        services.AddOrganisations();
        services.AddVerification();
        services.AddMessages();
        services.AddSingleton<TodoLists>();
        services.AddRealNames();
        services.AddRecognition();
        services.AddMarketplace();
        services.AddAdministration();
        services.AddAdministrationOfResources();
        services.AddOptions<AdminOptions>().BindConfiguration(AdminOptions.SectionName).ValidateDataAnnotations()
            .Validate(
                options => options.AllowedNetworks.All(text => System.Net.IPNetwork.TryParse(text, out _)),
                "Admin:AllowedNetworks: networks such as 10.0.0.0/8.")
            .ValidateOnStart();
    }

    /// <summary>What the surfaces bring, and what they share.</summary>
    public static void AddSurfaces(IServiceCollection services)
    {
        services.AddGateway();
        services.AddOAuth();
        foreach (var surface in InstalledSurfaces.All)
            surface.AddSurface(services);
    }

    private static void AddServing(IServiceCollection services, IConfiguration configuration, IHostEnvironment environment)
    {
        services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true); // the storage beside the pipeline
        AddSurfaces(services);
        services.AddOptions<ConnectionOptions>().BindConfiguration(ConnectionOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<KestrelServerOptions>().Configure<IOptions<ConnectionOptions>>((kestrel, connections) =>
            kestrel.Limits.MaxConcurrentConnections = connections.Value.MaxConcurrentConnections);
        services.AddEventSender();
        services.AddProvisioningWorker();
        services.AddHostedService<RecycledAccountPurge>();
        services.AddMessagePost();
        services.AddPages();
        services.AddSingleton<IFirstRun, IdentifierBacklog>();
        services.AddSingleton<Startup>().AddHostedService(provider => provider.GetRequiredService<Startup>());
        services.AddHostedService<Banner>();
        services.AddHostedService<PlainHttp>();
        services.AddSingleton(new Surroundings(environment.IsDevelopment()));
        services.AddAdminApi();
        var isSandbox = SandboxRegistration.IsOn(configuration, environment);
        services.AddJournal(configuration, isSandbox);
        if (isSandbox)
            services.AddSandbox(environment);
    }
}
