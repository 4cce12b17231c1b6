using Yaopai.Server.Accounts;

namespace Yaopai.Server.Admin.Resources;

/// <summary>A user as an operator sees them, and as the audit log keeps them.</summary>
internal static class UserFields
{
    public static IReadOnlyList<Field> Of(Account account) =>
    [
        new("id",            account.Id),
        new("name",          account.Name),
        new("state",         StateOf(account)),
        new("region",        account.Region),
        new("nickname",      account.Nickname),
        new("avatar",        account.AvatarUrl),
        new("mail",          account.Email),
        new("mail_verified", account.EmailVerified),
        new("profile",       account.Profile.Select(field => $"{field.Key}={field.Value}")),
        new("phones",        account.Phones.Select(Of)),
        new("created_at",    account.CreatedAt),
        new("disabled_at",   account.DisabledAt),
        new("recycled_at",   account.RecycledAt),
    ];

    /// <summary>The log is for ever, and a person may ask to be forgotten: of what tells who they are it keeps that it was there, and of
    /// mail and numbers enough to tell two apart.</summary>
    public static IReadOnlyList<Field> ToRecord(Account account) =>
    [
        new("id",            account.Id),
        new("state",         StateOf(account)),
        new("name",          Masked.Text(account.Name, 1, 1)),
        new("region",        account.Region),
        new("nickname",      Hidden(account.Nickname)),
        new("avatar",        account.AvatarUrl is not null),
        new("mail",          Hidden(account.Email)),
        new("mail_verified", account.EmailVerified),
        new("profile",       account.Profile.Keys),
        new("phones",        account.Phones.Select(phone => $"+{phone.CallingCode}{Masked.Phone(phone)}")),
        new("disabled_at",   account.DisabledAt),
        new("recycled_at",   account.RecycledAt),
    ];

    public static string StateOf(Account account) =>
        account.RecycledAt is not null ? "recycled" : account.DisabledAt is null ? "enabled" : "disabled";

    private static string? Hidden(string? text) => text is null ? null : Masked.Text(text, 1, 1);

    private static IReadOnlyList<Field> Of(PhoneNumber phone) =>
    [
        new("number", $"+{phone.CallingCode}{phone.National}"),
        new("region", phone.Region),
        new("bound",  phone.IsBound),
    ];
}
