using Yaopai.Server.Accounts.Devices;
using Yaopai.Server.Accounts.Recovery;
using Yaopai.Server.Accounts.Risk;
using Yaopai.Server.Accounts.SecondFactors;
using Yaopai.Server.Accounts.SigningUp;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Accounts;

internal static class SignInRegistration
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SecondFactorOptions>().BindConfiguration(SecondFactorOptions.SectionName)
            .ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<SignUpOptions>().BindConfiguration(SignUpOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<AccountDirectory>()
            .AddSingleton<IChangeListener>(provider => provider.GetRequiredService<AccountDirectory>())
            .AddSingleton<SignInTraces>()
            .AddSingleton<PasswordHashing>()
            .AddSingleton<AddressFailures>()
            .AddSingleton<AppFailures>()
            .AddSingleton<SecondFactors.SecondFactors>()
            .AddSingleton<OpenSessions>()
            .AddSingleton<SignIn>()
            .AddSingleton<ClientLockout>()
            .AddSingleton<PasswordChange>()
            .AddSingleton<PasswordReset>()
            .AddSingleton<SignUp>()
            .AddSingleton<AccountDeletion>()
            .AddSingleton<Bindings.Bindings>()
            .AddSingleton<Bindings.NumberBinding>()
            .AddSingleton<Bindings.ThirdPartySessions>()
            .AddSingleton<AccountRecycling>()
            .AddSingleton<RiskAssessment>();
    }
}
