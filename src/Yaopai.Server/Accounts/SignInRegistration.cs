using Yaopai.Server.Accounts.Risk;

namespace Yaopai.Server.Accounts;

internal static class SignInRegistration
{
    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        services.AddOptions<SignInOptions>().BindConfiguration(SignInOptions.SectionName).ValidateDataAnnotations().ValidateOnStart();
        return services
            .AddSingleton<SignInTraces>()
            .AddSingleton<PasswordHashing>()
            .AddSingleton<AddressFailures>()
            .AddSingleton<SignIn>()
            .AddSingleton<PasswordChange>()
            .AddSingleton<RiskAssessment>();
    }
}
