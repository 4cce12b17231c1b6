using System.Collections.Frozen;
using System.Globalization;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>What may be asked of a person, which permission opens it, and where it comes from.
/// What is not known is an empty text.</summary>
internal static class UserFields
{
    private const string Always = "";
    private const string Basic = "basic";

    /// <summary>A permission of its own, with an error of its own.</summary>
    public const string Email = "email";

    /// <param name="Identify">Instead of the former, where it is another text for each app.</param>
    public sealed record Field(
        string Name, string Scope, Func<Account, DateOnly, string> Read, Func<PersonNames, App, long, string>? Identify = null);

    /// <summary>How apps name a person: the account's number, which is the same for all of them; or identifiers of the app and of its
    /// developer.</summary>
    public const string UserId = "userid", OpenId = "openid", UnionId = "unionid";

    private static readonly FrozenDictionary<string, Field> s_all = new Field[]
    {
        new(UserId,           Always, (account, _) => account.Id.ToString(CultureInfo.InvariantCulture)),
        new(OpenId,           Always, (_, _) => "", (names, app, account) => names.Identifiers.OpenId(app.Id, account)),
        new(UnionId,          Always, (_, _) => "", (names, app, account) => names.Identifiers.UnionId(app.DeveloperId, account)),
        new("username",       Basic,  (account, _) => account.Name),
        new("realname",       Basic,  (account, _) => Told(account, "realname")),
        new("portrait",       Basic,  (_, _) => "", (names, app, account) => names.Portraits.Of(app.Id, account)),
        new("userdetail",     Basic,  (account, _) => Told(account, "userdetail")),
        new("birthday",       Basic,  (account, _) => Told(account, ProfileFields.Birthday)),
        new("birthday_year",  Basic,  (account, _) => Birthday(account)?.ToString("yyyy", CultureInfo.InvariantCulture) ?? ""),
        new("birthday_month", Basic,  (account, _) => Birthday(account)?.ToString("MM", CultureInfo.InvariantCulture) ?? ""),
        new("birthday_day",   Basic,  (account, _) => Birthday(account)?.ToString("dd", CultureInfo.InvariantCulture) ?? ""),
        new("age",            Basic,  (account, today) => Birthday(account) is { } birthday ? Constellation.AgeAt(birthday, today) : ""),
        new("constellation",  Basic,  (account, _) => Birthday(account) is { } birthday ? Constellation.Of(birthday) : ""),
        new("marriage",       Basic,  (account, _) => Told(account, "marriage")),
        new("sex",            Basic,  (account, _) => Told(account, "sex")),
        new("blood",          Basic,  (account, _) => Told(account, "blood")),
        new("figure",         Basic,  (account, _) => Told(account, "figure")),
        new("education",      Basic,  (account, _) => Told(account, "education")),
        new("trade",          Basic,  (account, _) => Told(account, "trade")),
        new("job",            Basic,  (account, _) => Told(account, "job")),
        new("email",          Email,  (account, _) => account.Email ?? ""),
        new("secureemail",    Email,  (account, _) => account.EmailVerified ? account.Email ?? "" : ""),
    }.ToFrozenDictionary(field => field.Name);

    private static readonly Field[] s_identifiers = [s_all[OpenId], s_all[UnionId]];

    /// <summary>Where nothing is named.</summary>
    private static readonly Field[] s_usual = [s_all["username"], s_all["realname"], s_all["portrait"]];

    /// <summary>Who the person is, as the app is told.</summary>
    /// <param name="wantsUnionId">The call asks for the newer identifiers.</param>
    public static IEnumerable<Field> Identifiers(App app, bool wantsUnionId) =>
    [
        .. app.KnowsPeopleByOpenId ? [] : new[] { s_all[UserId] },
        .. app.KnowsPeopleByOpenId || wantsUnionId ? s_identifiers : [],
    ];

    public static IEnumerable<Field> Usual(App app, bool wantsUnionId) => [.. Identifiers(app, wantsUnionId), .. s_usual];

    /// <summary>Null for a field that there is not, or not for this app.</summary>
    public static Field? Find(App app, string name) => name is UserId && app.KnowsPeopleByOpenId ? null : s_all.GetValueOrDefault(name);

    private static string Told(Account account, string name) => account.Profile.GetValueOrDefault(name, "");

    private static DateOnly? Birthday(Account account) => ProfileFields.DateOf(Told(account, ProfileFields.Birthday));
}
