using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts.SigningUp;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Recipes;
using Yaopai.Server.Hosting;
using Yaopai.Server.Journal;
using Yaopai.Server.Keys;
using Yaopai.Server.Keys.Jose;
using Yaopai.Server.Organisations;
using Yaopai.Server.Pages.Start;
using Yaopai.Server.Recognition;
using Yaopai.Server.Sandbox.Chance;
using Yaopai.Server.Sandbox.Coverage;
using Yaopai.Server.Sandbox.Endpoints;
using Yaopai.Server.Sandbox.Issuer;
using Yaopai.Server.Sandbox.Requests;
using Yaopai.Server.Sandbox.Seeds;
using Yaopai.Server.Sandbox.Snapshots;
using Yaopai.Server.Sandbox.WeChat;
using Yaopai.Server.Sandbox.Worlds;
using Yaopai.Server.Stores;
using Yaopai.Server.Upstreams;

namespace Yaopai.Server.Sandbox;

internal static class SandboxRegistration
{
    public static bool IsOn(IConfiguration configuration, IHostEnvironment environment) =>
        configuration.GetSection(SandboxOptions.SectionName).Get<SandboxOptions>()?.Enabled ?? environment.IsDevelopment();

    /// <summary>The seams are only there when the sandbox is: outside it there is nothing to switch on by mistake.</summary>
    public static IServiceCollection AddSandbox(this IServiceCollection services, IHostEnvironment environment)
    {
        services.AddOptions<AdminOptions>().Validate(
            options => environment.IsDevelopment() || options.Key is not null,
            "Admin:Key (YAOPAI_ADMIN_KEY) is missing: outside Development the sandbox answers only to it. "
            + "Set it, or switch the sandbox off.");
        services.PostConfigure<RegistrationOptions>(registration =>
            (registration.Developer, registration.Tenant) =
                (registration.Developer ?? DemoData.Apps[0].DeveloperId, registration.Tenant ?? DemoOrganisations.WelinkDomain));
        services.PostConfigure<SignUpOptions>(signUp => signUp.Enabled ??= true);
        services.PostConfigure<GatewayOptions>(gateway => gateway.RequireHttps ??= false);
        services.AddOptions<SandboxOptions>().BindConfiguration(SandboxOptions.SectionName)
            .Validate(
                options => options.Networks.All(network => System.Net.IPNetwork.TryParse(network, out _)),
                "Sandbox:Networks: networks such as 172.16.0.0/12.")
            .ValidateOnStart();
        services.AddSingleton<IValidateOptions<SandboxOptions>, SeedValidation>();
        services.AddSingleton<TimeProvider>(provider =>
            provider.GetRequiredService<SeedSource>().StoppedAt is { } instant ? new StoppedTime(instant) : TimeProvider.System);
        return AddParts(services);
    }

    private static IServiceCollection AddParts(IServiceCollection services) => services
        .AddSingleton<SandboxAccess>()
        .AddSingleton(_ => RecipeBook.All)
        .AddSingleton<IIntroduction, DemoIntroduction>()
        .AddSingleton<IStartGuide, DemoGuide>()
        .AddSingleton<SandboxClock>()
        .AddSingleton<IAppClock>(provider => provider.GetRequiredService<SandboxClock>())
        .AddSingleton<IssuerKeys>()
        .AddSingleton<UsedCodes>()
        .AddSingleton<Faults>()
        .AddSingleton<IFaults>(provider => provider.GetRequiredService<Faults>())
        .AddSingleton<IStorageSeam>(provider => provider.GetRequiredService<Faults>())
        .AddSingleton<IKeySeam>(provider => provider.GetRequiredService<Faults>())
        .AddSingleton<IIdTokenSeam>(provider => provider.GetRequiredService<Faults>())
        .AddSingleton<IUpstreamSeam>(provider => provider.GetRequiredService<Faults>())
        .AddSingleton<IRecognitionSeam>(provider => provider.GetRequiredService<Faults>())
        .AddSingleton<IQuotaSeam>(provider => provider.GetRequiredService<Faults>())
        .AddSingleton<IOwnAddress, OwnAddress>()
        .AddSingleton<WeChatMemory>()
        .AddSingleton<WeChatApi>()
        .AddSingleton<WeChatHand>()
        .AddSingleton<WeChatConnect>()
        .AddSingleton<SandboxServiceAccounts>()
        .AddSingleton<SandboxSignIn>()
        .AddSingleton<SandboxDevice>()
        .AddSingleton<SandboxFriends>()
        .AddSingleton<SandboxFollows>()
        .AddSingleton<SandboxEvents>()
        .AddSingleton<SandboxMessages>()
        .AddSingleton<IVerificationSender>(provider => provider.GetRequiredService<SandboxMessages>())
        .AddSingleton<DemoOrganisations>()
        .AddSingleton<DemoMarket>()
        .AddSingleton<DemoData.Stores>()
        .AddSingleton<SandboxMemory>()
        .AddSingleton<SandboxReset>()
        .AddSingleton<SnapshotFolder>()
        .AddSingleton<Snapshots.Snapshots>()
        .AddSingleton<IFirstRun>(provider => provider.GetRequiredService<Snapshots.Snapshots>())
        .AddSingleton<WeChatSeeds>()
        .AddSingleton<AppSeeds>()
        .AddSingleton<UserSeeds>()
        .AddSingleton<TenantSeeds>()
        .AddSingleton<SeedSource>()
        .AddSingleton(provider => SeedSource.KeyOf(provider.GetRequiredService<SeedSource>().File)!)
        .AddSingleton<RandomStreams>()
        .AddSingleton<IRandomSeam>(provider => provider.GetRequiredService<RandomStreams>())
        .AddSingleton<SeedPlanter>()
        .AddSingleton<SandboxBeginning>()
        .AddSingleton<SeedExport>()
        .AddHostedService<SeedOnExit>()
        .AddSingleton<WorldCast>()
        .AddSingleton<WorldDirectory>()
        .AddSingleton<Worlds.Worlds>()
        .AddHostedService<WorldExpiry>()
        .AddSingleton<IFirstRun, DemoDataFirstRun>()
        .AddSingleton<ISandboxEndpoints, DemoEndpoints>()
        .AddSingleton<ISandboxEndpoints, TokenEndpoints>()
        .AddSingleton<ISandboxEndpoints, PeopleEndpoints>()
        .AddSingleton<ISandboxEndpoints, ClockEndpoints>()
        .AddSingleton<ISandboxEndpoints, FaultEndpoints>()
        .AddSingleton<ISandboxEndpoints, WorldEndpoints>()
        .AddSingleton<ISandboxEndpoints, AppEndpoints>()
        .AddSingleton<ISandboxEndpoints, UserEndpoints>()
        .AddSingleton<ISandboxEndpoints, TenantEndpoints>()
        .AddSingleton<ISandboxEndpoints, SeedEndpoints>()
        .AddSingleton<ISandboxEndpoints, SnapshotEndpoints>()
        .AddSingleton<ISandboxEndpoints, EventEndpoints>()
        .AddSingleton<ISandboxEndpoints, WeChatEndpoints>()
        .AddSingleton<ISandboxEndpoints, RequestEndpoints>()
        .AddSingleton<ISandboxEndpoints, CoverageEndpoints>()
        .AddSingleton<AskedApps>()
        .AddSingleton<RequestFilterReader>()
        .AddSingleton<RequestStream>()
        .AddSingleton<RequestPages>()
        .AddSingleton<MetErrors>()
        .AddSingleton<IExplainAddress, ExplainAddress>();
}
