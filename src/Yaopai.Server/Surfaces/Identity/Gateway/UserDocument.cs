using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway.Documents;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>A person as the gateway shows them.</summary>
internal static class UserDocument
{
    public static void Write(DocumentWriter json, (ManagedUsers Users, App App, Account Account) it)
    {
        var (users, app, account) = it;
        if (ManagedUsers.MayManageAll(app))
            json.WriteString("id", $"{account.Id}"); // a text, as no number of a script is wide enough
        json.WriteString("openid", users.OpenIdOf(app, account.Id));
        json.WriteString("unionid", users.UnionIdOf(app, account.Id));
        json.WriteString("name", account.Name);
        json.WriteString("nickname", account.Nickname ?? "");
        json.WriteString("avatar_url", account.AvatarUrl ?? "");
        json.WriteString("phone", account.BoundPhone is { } phone ? $"+{phone.CallingCode}{phone.National}" : "");
        json.WriteString("email", account.Email ?? "");
        json.WriteString("region", account.Region);
        json.WriteString("state", account switch
        {
            { RecycledAt: not null } => "recycled",
            { DisabledAt: not null } => "disabled",
            _ => "enabled",
        });
        json.WriteNumber("created_at", account.CreatedAt.ToUnixTimeSeconds());
        json.WriteStartObject("profile");
        foreach (var (name, value) in account.Profile)
            json.WriteString(name, value);
        json.WriteEndObject();
    }
}
