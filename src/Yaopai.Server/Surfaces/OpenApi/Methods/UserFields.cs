using System.Collections.Frozen;
using System.Globalization;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>What may be asked of a person, which permission opens it, and where it comes from.
/// What is not known is an empty text.</summary>
internal static class UserFields
{
    private const string Always = "";
    private const string Basic = "basic";

    /// <summary>A permission of its own, with an error of its own.</summary>
    public const string Email = "email";

    public sealed record Field(string Name, string Scope, Func<Account, DateOnly, string> Read);

    private static readonly FrozenDictionary<string, Field> s_all = new Field[]
    {
        new("userid",         Always, (account, _) => account.Id.ToString(CultureInfo.InvariantCulture)),
        new("username",       Basic,  (account, _) => account.Name),
        new("realname",       Basic,  (account, _) => Told(account, "realname")),
        new("portrait",       Basic,  (account, _) => account.AvatarUrl ?? ""),
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

    /// <summary>Where nothing is named.</summary>
    public static IReadOnlyList<Field> Usual { get; } = [s_all["userid"], s_all["username"], s_all["realname"], s_all["portrait"]];

    public static Field? Find(string name) => s_all.GetValueOrDefault(name);

    private static string Told(Account account, string name) => account.Profile.GetValueOrDefault(name, "");

    private static DateOnly? Birthday(Account account) => ProfileFields.DateOf(Told(account, ProfileFields.Birthday));
}
