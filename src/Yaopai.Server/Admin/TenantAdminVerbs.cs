using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Admin;

/// <summary><c>tenant admin</c>: who administers an organisation.</summary>
internal static class TenantAdminVerbs
{
    public static Command Command(Shell shell) =>
        new("admin", "The administrators of an organisation.")
        {
            Change(shell, "grant", "Makes a member an administrator.", isAdmin: true),
            Change(shell, "withdraw", "Removes an administrator.", isAdmin: false),
        };

    private static Command Change(Shell shell, string verb, string description, bool isAdmin)
    {
        var tenant = Inputs.Tenant();
        var who = new Argument<string>("user-id") { Description = "The member's whole user id: zhangsan@domain." };

        return shell.Change(verb, description, [tenant, who], async (platform, result, ct) =>
        {
            var owner = await TenantVerbs.FindAsync(platform, result.GetValue(tenant), ct);
            var userId = result.GetRequiredValue(who);
            if (await platform.Get<IMemberStore>().FindAsync(owner.Id, MemberKey.UserId, userId, ct) is not { } member)
            {
                throw new CommandException(OperatorErrors.Organisations.MemberUnknown,
                    $"{TenantVerbs.Noun} {Formats.Tenant(owner.Id)} has no member {Table.Printable(userId)}.");
            }

            var changed = await platform.Get<IAdministratorStore>().TrySetAsync(owner.Id, member.UserId, isAdmin, platform.Now, ct);
            await shell.ShowAsync(result,
            [
                new("tenant",  Formats.Tenant(owner.Id)),
                new("user_id", member.UserId),
                new("name",    member.Name),
                new("admin",   isAdmin),
                new("changed", changed),
            ]);
        });
    }
}
