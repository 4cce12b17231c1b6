using System.Security.Cryptography;
using System.Text.Json;
using Yaopai.Server.Apps;
using Yaopai.Server.Storage.Sql.Apps;

namespace Yaopai.Tests.Admin;

public sealed class ServiceAccountVerbsTests(SqliteDesk desk) : IClassFixture<SqliteDesk>, IDisposable
{
    private readonly Operator _operator = desk.Operator;
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Fact]
    public async Task Without_a_key_a_pair_is_made_and_the_key_file_is_shown_once()
    {
        var app = Operator.Id(await _operator.NewAppAsync());

        var added = await _operator.RunAsync("app", "service-account", "add", app);
        var listed = await _operator.RunAsync("app", "service-account", "list", app, "--json");

        var keyFile = JsonDocument.Parse(added.Output).RootElement;
        Assert.Equal(["project_id", "key_id", "private_key", "sub_account"], keyFile.EnumerateObject().Select(property => property.Name));
        Assert.Contains("shown only once", added.Error, StringComparison.Ordinal);
        var account = Assert.Single((await StoredAsync(app)).ServiceAccounts);
        Assert.Equal(
            (keyFile.GetProperty("sub_account").GetString(), keyFile.GetProperty("key_id").GetString()), (account.ClientId, account.KeyId));
        using var rsa = RSA.Create();
        rsa.ImportFromPem(keyFile.GetProperty("private_key").GetString());
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), account.PublicKey);
        Assert.DoesNotContain("PRIVATE", listed.Output, StringComparison.Ordinal);
        Assert.Contains("\"bits\": 3072", listed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_public_key_of_ones_own_is_taken_and_removed_again()
    {
        var app = Operator.Id(await _operator.NewAppAsync());
        using var rsa = RSA.Create(2048);
        await File.WriteAllTextAsync(_file, rsa.ExportSubjectPublicKeyInfoPem());

        var added = await _operator.AskAsync("app", "service-account", "add", app, "--public-key", _file);
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), Assert.Single((await StoredAsync(app)).ServiceAccounts).PublicKey);

        var key = added.GetProperty("key_id").GetString()!;
        Assert.Equal(0, (await _operator.RunAsync("app", "service-account", "remove", app, key)).ExitCode);
        Assert.Empty((await StoredAsync(app)).ServiceAccounts);
        Assert.Equal(1, (await _operator.RunAsync("app", "service-account", "remove", app, key)).ExitCode);
    }

    [Theory]
    [InlineData("private", "private key")]
    [InlineData("small", "2048 to 4096 bits")]
    [InlineData("text", "no RSA public key")]
    [InlineData("large", "too long")]
    public async Task Another_file_is_refused_with_the_reason(string what, string reason)
    {
        var app = Operator.Id(await _operator.NewAppAsync());
        using var rsa = RSA.Create(1024);
        await File.WriteAllTextAsync(_file, what switch
        {
            "private" => rsa.ExportPkcs8PrivateKeyPem(),
            "small" => rsa.ExportSubjectPublicKeyInfoPem(),
            "large" => new string(' ', 100_000),
            _ => "hello",
        });

        var heard = await _operator.RunAsync("app", "service-account", "add", app, "--public-key", _file);

        Assert.Equal(2, heard.ExitCode);
        Assert.Contains(reason, heard.Error, StringComparison.Ordinal);
        Assert.Empty((await StoredAsync(app)).ServiceAccounts);
    }

    [Fact]
    public async Task A_file_that_is_not_there_and_an_app_that_is_not_there_are_told()
    {
        var app = Operator.Id(await _operator.NewAppAsync());

        var noFile = await _operator.RunAsync("app", "service-account", "add", app, "--public-key", _file + ".none");
        var noApp = await _operator.RunAsync("app", "service-account", "add", "5");

        Assert.Equal((1, 1), (noFile.ExitCode, noApp.ExitCode));
        Assert.Contains(".none", noFile.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_has_sixteen_at_most_and_keeps_them_through_other_changes()
    {
        var app = Operator.Id(await _operator.NewAppAsync());
        var store = new SqlAppStore(desk.Engine.Database);
        var account = new ServiceAccount("1", "a", RSA.Create(2048).ExportSubjectPublicKeyInfo());
        await store.TryChangeAsync(
            await StoredAsync(app) with { ServiceAccounts = [.. Enumerable.Repeat(account, ServiceAccount.MostOfAnApp)] }, default);

        Assert.Equal(1, (await _operator.RunAsync("app", "service-account", "add", app)).ExitCode);
        Assert.Equal(0, (await _operator.RunAsync("app", "change", app, "--name", "Other")).ExitCode);
        Assert.Equal(ServiceAccount.MostOfAnApp, (await StoredAsync(app)).ServiceAccounts.Count);
    }

    private async Task<App> StoredAsync(string app) => (await new SqlAppStore(desk.Engine.Database).FindAsync(long.Parse(app), default))!;
}
