using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors.Gateway;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>What the gateway may set of a person: each field by a parameter of its name.</summary>
/// <remarks>An empty parameter is not signed and counts as not sent, so what is to be emptied is named in <c>clear</c>.</remarks>
internal static class UserFields
{
    private static readonly string[] s_clearable = ["nickname", "avatar_url", "email", .. ProfileFields.Names];

    public static Rule<T>[] Rules<T>() where T : GatewayRequest =>
    [
        new(E.ParameterMissing, x => Is(x["nickname"], AccountFormats.IsName), why: _ => "nickname has 1 to 64 characters"),
        new(E.ParameterMissing, x => Is(x["avatar_url"], AccountFormats.IsAvatar), why: _ => "avatar_url is an https address"),
        new(E.ParameterMissing, x => Is(x["email"], AccountFormats.IsMail), why: _ => "email is a mail address"),
        new(E.ParameterMissing, x => Is(x["region"], AccountFormats.IsRegion), why: _ => "region has two upper-case letters"),
        new(E.ParameterMissing, x => ProfileFields.Names.All(name => ProfileFields.FaultOf(name, x[name]) is null),
            why: x => string.Join("; ", ProfileFields.Names.Select(name => ProfileFields.FaultOf(name, x[name])).OfType<string>())),
    ];

    public static bool AreClearable(string clear) => Names(clear).All(s_clearable.Contains);

    public static bool AreAny(GatewayRequest x) =>
        x["region"] is not "" || x["clear"] is not "" || s_clearable.Any(name => x[name] is not "");

    public static Account Apply(GatewayRequest x, Account account)
    {
        var cleared = Names(x["clear"]);
        var email = Changed("email", account.Email);
        var profile = account.Profile.Where(field => !cleared.Contains(field.Key)).ToDictionary();
        foreach (var name in ProfileFields.Names.Where(name => x[name] is not ""))
            profile[name] = x[name];

        return account with
        {
            Nickname = Changed("nickname", account.Nickname),
            AvatarUrl = Changed("avatar_url", account.AvatarUrl),
            Email = email,
            EmailVerified = account.EmailVerified && email == account.Email,
            Region = Changed("region", account.Region)!,
            Profile = profile,
        };

        string? Changed(string name, string? before) => x[name] is { Length: > 0 } given ? given : cleared.Contains(name) ? null : before;
    }

    private static bool Is(string value, Func<string, bool> holds) => value is "" || holds(value);

    private static string[] Names(string clear) => clear.Split(',', StringSplitOptions.RemoveEmptyEntries);
}
