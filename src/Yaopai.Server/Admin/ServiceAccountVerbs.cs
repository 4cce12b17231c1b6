using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Apps;

namespace Yaopai.Server.Admin;

/// <summary><c>app service-account</c>: the keys that data for an app alone is encrypted to.</summary>
internal static class ServiceAccountVerbs
{
    private const string Noun = "service account";
    private const long LongestFile = 64 * 1024;

    public static Command Command(Shell shell) =>
        new("service-account", "Service accounts: keys to encrypt data that only the app can read.")
        {
            Add(shell),
            List(shell),
            Remove(shell),
        };

    private static Command Add(Shell shell)
    {
        var id = Inputs.Id("app");
        var file = new Option<FileInfo?>("--public-key")
        {
            Description = "An RSA public key of 2048 to 4096 bits in PEM; by default a new pair is created.",
            HelpName = "file",
        };

        return shell.Change(
            "add", "Adds a service account. Without a public key it creates a pair and shows the key file with the private key once.",
            [id, file], async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                if (app.ServiceAccounts.Count >= ServiceAccount.MostOfAnApp)
                    throw new CommandException(
                        OperatorErrors.Apps.ServiceAccountsFull, $"App {app.Id} has {ServiceAccount.MostOfAnApp} service accounts.");

                var (account, privateKey) = result.GetValue(file) is { } given ? (await ReadAsync(given, ct), null) : Made();
                await AppVerbs.TryStoreAsync(platform, app with { ServiceAccounts = [.. app.ServiceAccounts, account] }, ct);
                if (privateKey is null)
                {
                    await shell.ShowAsync(result, FieldsOf(account));
                    return;
                }

                shell.Note(FieldsOf(account));
                Field[] keyFile =
                [
                    new("project_id", $"{app.ProjectId}"), new("key_id", account.KeyId), new("private_key", privateKey),
                    new("sub_account", account.ClientId),
                ];
                await shell.Out.WriteAsync(Fields.ToJson(keyFile));
                await shell.Terminal.Error.WriteLineAsync("The private key is shown only once and stored nowhere: save it now.");
            });
    }

    private static Command List(Shell shell)
    {
        var id = Inputs.Id("app");

        return shell.Verb("list", "Lists the service accounts of an app.", [id], async (platform, result, ct) =>
        {
            var accounts = (await AppVerbs.FindAsync(platform, result.GetValue(id), ct)).ServiceAccounts.Select(FieldsOf).ToList();
            await shell.Out.WriteAsync(
                result.GetValue(shell.Json) ? Fields.ToJson(accounts) : Table.Of(accounts, "sub_account", "key_id", "bits"));
        });
    }

    private static Command Remove(Shell shell)
    {
        var id = Inputs.Id("app");
        var key = new Argument<string>("key") { Description = "The key_id of the service account." };

        return shell.Change(
            "remove", "Removes a service account. Its key is no longer used.", [id, key], async (platform, result, ct) =>
            {
                var app = await AppVerbs.FindAsync(platform, result.GetValue(id), ct);
                var keyId = result.GetRequiredValue(key);
                if (app.ServiceAccounts.FirstOrDefault(one => one.KeyId.Equals(keyId, StringComparison.OrdinalIgnoreCase))
                    is not { } account)
                    throw new CommandException(
                        OperatorErrors.Apps.ServiceAccountUnknown, $"App {app.Id} has no {Noun} with the key {Table.Printable(keyId)}.");

                await AppVerbs.TryStoreAsync(
                    platform, app with { ServiceAccounts = [.. app.ServiceAccounts.Where(one => one.KeyId != account.KeyId)] }, ct);
                await shell.ShowAsync(result, FieldsOf(account));
            });
    }

    private static (ServiceAccount Account, string? PrivateKey) Made() => ServiceAccountKeys.Make();

    private static async Task<ServiceAccount> ReadAsync(FileInfo file, CancellationToken ct)
    {
        if (file is { Exists: true, Length: > LongestFile })
            throw CommandException.WrongUsage(OperatorErrors.Apps.PublicKeyUnusable, "--public-key: the file is too long to be a key.");

        return ServiceAccountKeys.TryRead(await File.ReadAllTextAsync(file.FullName, ct), out var account, out var fault)
            ? account
            : throw CommandException.WrongUsage(OperatorErrors.Apps.PublicKeyUnusable, $"--public-key: {Say(fault)}.");
    }

    private static string Say(ServiceAccountKeyFault fault) => fault switch
    {
        ServiceAccountKeyFault.Private => "this is a private key; pass its public half: openssl pkey -in FILE -pubout",
        ServiceAccountKeyFault.SizeUnsuitable => $"the key must have {ServiceAccountKeys.LeastBits} to {ServiceAccountKeys.MostBits} bits",
        ServiceAccountKeyFault.ExponentUnsuitable => "the exponent of the key must be odd and above 65536",
        _ => "the file contains no RSA public key in PEM",
    };

    private static IReadOnlyList<Field> FieldsOf(ServiceAccount account) =>
    [
        new("sub_account", account.ClientId),
        new("key_id",      account.KeyId),
        new("bits",        account.CountBits()),
    ];
}
