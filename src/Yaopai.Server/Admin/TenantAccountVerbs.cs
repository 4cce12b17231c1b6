using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Messages;

namespace Yaopai.Server.Admin;

/// <summary><c>tenant account</c>: the public accounts of an organisation.</summary>
internal static class TenantAccountVerbs
{
    public static Command Command(Shell shell) =>
        new("account", "An organisation's public accounts: its members follow them and get their messages.")
        {
            Create(shell),
            List(shell),
        };

    private static Command Create(Shell shell)
    {
        var tenant = Inputs.Tenant();
        var id = new Argument<string>("id") { Description = "The id that apps use for the account; unique in the organisation." };
        var name = Inputs.Text("--name", "text", "Its name.", Formats.Name, required: true);

        return shell.Change("create", "Creates a public account.", [tenant, id, name], async (platform, result, ct) =>
        {
            var owner = await TenantVerbs.FindAsync(platform, result.GetValue(tenant), ct);
            var account = new PublicAccount(owner.Id, result.GetRequiredValue(id), result.GetRequiredValue(name)!, platform.Now);
            if (Formats.Key(account.Id) is { } fault)
                throw CommandException.WrongUsage(OperatorErrors.CommandLine.OptionRefused, $"The id of a public account {fault}.");
            if (!await platform.Get<IPublicAccountStore>().TryAddAsync(account, ct))
            {
                throw new CommandException(OperatorErrors.Organisations.PublicAccountTaken,
                    $"{TenantVerbs.Noun} {Formats.Tenant(owner.Id)} already has a public account {account.Id}.");
            }

            await shell.ShowAsync(result, [.. FieldsOf(account), new("tenant", Formats.Tenant(owner.Id))]);
        });
    }

    private static Command List(Shell shell)
    {
        var tenant = Inputs.Tenant();
        var after = Inputs.Text("--after", "id", "Continues after this id, the last one on the previous page.", Formats.Key);

        return shell.Verb("list", "Lists the public accounts of an organisation.", [tenant, after, shell.Take],
            async (platform, result, ct) =>
            {
                var owner = await TenantVerbs.FindAsync(platform, result.GetValue(tenant), ct);
                await shell.PageAsync(
                    result, $"{TenantVerbs.Noun} account list {Formats.Tenant(owner.Id)}",
                    (take, ct) => platform.Get<IPublicAccountStore>().ListAsync(owner.Id, result.GetValue(after) ?? "", take, ct),
                    FieldsOf, ["id", "name", "created_at"], ct);
            });
    }

    private static IReadOnlyList<Field> FieldsOf(PublicAccount account) =>
    [
        new("id",         account.Id),
        new("name",       account.Name),
        new("created_at", account.CreatedAt),
    ];
}
