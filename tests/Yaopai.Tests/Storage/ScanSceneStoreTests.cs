using Yaopai.Server.Consents.Scans;
using Yaopai.Server.Storage.Sql.Consents;

namespace Yaopai.Tests.Storage;

public sealed class SqliteScanSceneStoreTests(OnSqlite engine) : ScanSceneStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresScanSceneStoreTests(OnPostgres engine) : ScanSceneStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class ScanSceneStoreContract(Engine engine)
{
    private const long App = 42;

    private readonly SqlScanSceneStore _scenes = new(engine.Database);

    [Fact]
    public async Task A_scene_waits_is_scanned_and_is_taken()
    {
        var scene = await AddAsync();
        Assert.Equal(scene, await _scenes.FindAsync(scene.Key, default));
        Assert.False(await _scenes.TryTakeAsync(scene.Key, default));

        Assert.True(await _scenes.TryScanAsync(scene.Key, App, "o-1", "u-1", Samples.Noon, default));
        Assert.Equal(
            scene with { State = ScanState.Scanned, OpenId = "o-1", UnionId = "u-1" }, await _scenes.FindAsync(scene.Key, default));

        Assert.True(await _scenes.TryTakeAsync(scene.Key, default));
        Assert.False(await _scenes.TryTakeAsync(scene.Key, default));
    }

    [Fact]
    public async Task Somebody_elses_scan_changes_nothing()
    {
        var scene = await AddAsync();
        Assert.False(await _scenes.TryScanAsync(scene.Key, App + 1, "o-1", null, Samples.Noon, default));
        Assert.False(await _scenes.TryScanAsync(scene.Key, App, "o-1", null, scene.ExpiresAt, default));
        Assert.False(await _scenes.TryScanAsync("other", App, "o-1", null, Samples.Noon, default));
        Assert.Equal(scene, await _scenes.FindAsync(scene.Key, default));
    }

    [Fact]
    public async Task Of_ten_people_who_scan_at_once_one_is_noted()
    {
        var scene = await AddAsync();
        var noted = await Task.WhenAll(Enumerable.Range(0, 10).Select(i =>
            _scenes.TryScanAsync(scene.Key, App, $"o-{i}", null, Samples.Noon, default)));
        Assert.Single(noted, true);
    }

    [Fact]
    public async Task Of_ten_requests_one_takes_what_came_of_it()
    {
        var scene = await AddAsync();
        await _scenes.TryScanAsync(scene.Key, App, "o-1", null, Samples.Noon, default);
        var taken = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _scenes.TryTakeAsync(scene.Key, default)));
        Assert.Single(taken, true);
    }

    private async Task<ScanScene> AddAsync()
    {
        var scene = new ScanScene($"k-{Guid.NewGuid():n}", App, ScanState.Waiting, null, null, Samples.Noon.AddMinutes(5));
        await _scenes.AddAsync(scene, scene.ExpiresAt.AddHours(1), default);
        return scene;
    }
}
