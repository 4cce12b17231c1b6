using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;

namespace Yaopai.Tests.Keys;

public sealed class MasterKeyTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("yaopai-keys-");
    private readonly MemoryKeyStore _store = new();
    private readonly FakeTimeProvider _clock = new(Rings.Noon);

    private string KeyFile => Path.Combine(_folder.FullName, "master.key");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_first_start_makes_a_file_that_only_its_owner_reads()
    {
        await StartAsync();

        Assert.Equal(32, Convert.FromBase64String(File.ReadAllText(KeyFile)).Length);
        Assert.Equal(["master.key"], _folder.GetFiles().Select(file => file.Name));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
    }

    [Fact]
    public async Task A_later_start_reads_the_same_file()
    {
        var @sealed = (await StartAsync()).Seal("x");

        Assert.Equal((UnsealResult.Unsealed, "x"), (await StartAsync()).Open(@sealed));
    }

    [Fact]
    public async Task Processes_that_start_at_once_in_one_folder_agree()
    {
        var rings = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Task.Run(() => StartAsync())));

        var @sealed = rings[0].Seal("x");
        Assert.All(rings, ring => Assert.Equal((UnsealResult.Unsealed, "x"), ring.Open(@sealed)));
        Assert.Equal(["master.key"], _folder.GetFiles().Select(file => file.Name));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public async Task A_file_that_others_reach_is_refused(UnixFileMode others)
    {
        if (OperatingSystem.IsWindows())
            return;

        await StartAsync();
        File.SetUnixFileMode(KeyFile, File.GetUnixFileMode(KeyFile) | others);

        Assert.Equal(MasterKeyFault.Exposed, (await RefusedAsync()).Fault);
    }

    [Theory]
    [InlineData("")]
    [InlineData("no base64")]
    [InlineData("c2hvcnQ=")]
    public async Task A_file_that_holds_no_key_is_refused(string text)
    {
        await StartAsync();
        File.WriteAllText(KeyFile, text);

        Assert.Contains(KeyFile, (await RefusedAsync()).Message);
    }

    [Fact]
    public async Task A_file_that_went_missing_is_refused_and_not_made_anew()
    {
        await StartAsync();
        File.Delete(KeyFile);

        Assert.Equal(MasterKeyFault.Missing, (await RefusedAsync()).Fault);
        Assert.False(File.Exists(KeyFile));
    }

    [Fact]
    public async Task A_master_key_of_another_installation_is_refused()
    {
        await StartAsync();

        var refusal = await Assert.ThrowsAsync<MasterKeyException>(() => StartAsync(NewKey()));

        Assert.Contains("Keys:MasterKey does not open", refusal.Message);
    }

    [Fact]
    public async Task The_setting_goes_before_the_file()
    {
        var setting = NewKey();
        var @sealed = (await StartAsync(setting)).Seal("x");

        Assert.Empty(_folder.GetFiles());
        Assert.Equal((UnsealResult.Unsealed, "x"), (await StartAsync(setting)).Open(@sealed));
    }

    [Fact]
    public async Task Keys_are_stored_wrapped_and_open_only_in_their_own_slot()
    {
        var master = new MasterKey(RandomNumberGenerator.GetBytes(32), "a test");
        var plain = RandomNumberGenerator.GetBytes(32);
        var stored = new StoredKey(KeyKind.Sealing, "2026-11-21", _clock.GetUtcNow(), master.Wrap(KeyKind.Sealing, "2026-11-21", plain));

        Assert.Equal(plain, master.TryUnwrap(stored));
        Assert.Equal(-1, stored.Wrapped.AsSpan().IndexOf(plain));
        Assert.Null(master.TryUnwrap(stored with { Slot = "2026-11-22" }));
        Assert.Null(master.TryUnwrap(stored with { Kind = KeyKind.Identifier }));
        Assert.Null(master.TryUnwrap(stored with { Wrapped = stored.Wrapped[..20] }));

        for (var i = 0; i < stored.Wrapped.Length; i++)
        {
            var changed = (byte[])stored.Wrapped.Clone();
            changed[i] ^= 1;
            Assert.Null(master.TryUnwrap(stored with { Wrapped = changed }));
        }
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", true)]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA==", false)]
    [InlineData("secret", false)]
    public void The_setting_is_checked_at_start(string? setting, bool isValid)
    {
        using var services = new ServiceCollection()
            .AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection([new("Keys:MasterKey", setting)]).Build())
            .AddLogging()
            .AddSingleton<IKeyStore>(_store)
            .AddKeys(_folder.FullName)
            .AddIdentifiers()
            .BuildServiceProvider();

        var fault = Record.Exception(() => services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Equal(isValid, fault is null);
        if (isValid)
            Assert.NotNull(services.GetRequiredService<PairwiseIdentifiers>());
        else
            Assert.Contains(KeyOptions.MasterKeyRule, Assert.IsType<OptionsValidationException>(fault).Failures);
    }

    private static string NewKey() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    private Task<MasterKeyException> RefusedAsync() => Assert.ThrowsAsync<MasterKeyException>(() => StartAsync());

    private async Task<KeyRing> StartAsync(string? setting = null)
    {
        var ring = new KeyRing(_store, new MasterKeySource(new KeyOptions { MasterKey = setting }, _folder.FullName), _clock);
        await ring.LoadAsync(default);
        return ring;
    }
}
