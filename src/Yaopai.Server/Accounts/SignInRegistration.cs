using Yaopai.Server.Accounts.Risk;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Accounts;

internal static class SignInRegistration
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<AccountDirectory>()
            .AddSingleton<IChangeListener>(provider => provider.GetRequiredService<AccountDirectory>())
            .AddSingleton<SignInTraces>()
            .AddSingleton<PasswordHashing>()
            .AddSingleton<AddressFailures>()
            .AddSingleton<AppFailures>()
            .AddSingleton<SignIn>()
            .AddSingleton<ClientLockout>()
            .AddSingleton<PasswordChange>()
            .AddSingleton<AccountDeletion>()
            .AddSingleton<Bindings.Bindings>()
            .AddSingleton<Bindings.NumberBinding>()
            .AddSingleton<Bindings.ThirdPartySessions>()
            .AddSingleton<AccountRecycling>()
            .AddSingleton<RiskAssessment>();
    }
}
