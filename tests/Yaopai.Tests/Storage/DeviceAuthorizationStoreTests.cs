using Yaopai.Server.Consents;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Storage.Sql.Apps;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Identifiers;

namespace Yaopai.Tests.Storage;

public sealed class SqliteDeviceAuthorizationStoreTests(OnSqlite engine)
    : DeviceAuthorizationStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresDeviceAuthorizationStoreTests(OnPostgres engine)
    : DeviceAuthorizationStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class DeviceAuthorizationStoreContract(Engine engine)
{
    private readonly SqlDeviceAuthorizationStore _devices = new(engine.Database, Samples.Identifiers);
    private readonly SqlConsentStore _consents = new(engine.Database, Samples.Identifiers);
    private readonly DeviceAuthorization _device = Samples.NewDevice(UserCode.New());
    private readonly long _person = Samples.NewId();
    private readonly long _other = Samples.NewId();

    [Fact]
    public async Task A_device_reads_back_as_given()
    {
        var device = _device with
        {
            Scopes = ["openid", "phone"],
            State = DeviceState.Confirmed,
            AccountId = _person,
            PhoneId = 7,
            ConfirmedAt = Samples.Noon.AddMicroseconds(1),
            Polls = 3,
            PolledAt = Samples.Noon.AddSeconds(9),
            PolledBefore = Samples.Noon.AddSeconds(4),
        };
        await AddAsync(device);

        Equal(device, await _devices.FindAsync(device.UserCode, default));
        Assert.Null(await _devices.FindAsync("BBBBBBBB", default));
    }

    [Fact]
    public async Task Of_ten_devices_only_one_gets_a_user_code()
    {
        var added = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ =>
            _devices.TryAddAsync(Samples.NewDevice(_device.UserCode), Samples.Noon.AddHours(1), default)));

        Assert.Single(added, true);
    }

    [Fact]
    public async Task Each_poll_counts_and_sees_what_is_there()
    {
        await AddAsync(_device);

        var polls = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(_ => _devices.PollAsync(_device.AppId, _device.Id, Samples.Noon, default)));

        Assert.Equal(Enumerable.Range(1, 10).Select(poll => (long)poll), polls.Select(poll => poll!.Polls).Order());
        Assert.Single(polls, poll => poll!.PolledBefore is null);
        Equal(_device with { Polls = 10, PolledAt = Samples.Noon, PolledBefore = Samples.Noon },
            await _devices.FindAsync(_device.UserCode, default));
        Assert.Null(await _devices.PollAsync(_device.AppId + 1, _device.Id, Samples.Noon, default));
    }

    [Fact]
    public async Task A_poll_knows_when_it_came_and_when_the_one_before_it_did()
    {
        await AddAsync(_device);

        await PollAsync(Samples.Noon, before: null);
        await PollAsync(Samples.Noon.AddSeconds(5), before: Samples.Noon);
        await PollAsync(Samples.Noon.AddSeconds(6), before: Samples.Noon.AddSeconds(5));

        async Task PollAsync(DateTimeOffset at, DateTimeOffset? before)
        {
            var poll = await _devices.PollAsync(_device.AppId, _device.Id, at, default);
            Assert.Equal((at, before), (poll!.PolledAt, poll.PolledBefore));
        }
    }

    [Fact]
    public async Task Of_ten_people_who_scan_one_is_first_and_may_come_again()
    {
        await AddAsync(_device);
        var people = Enumerable.Range(0, 10).Select(_ => Samples.NewId()).ToArray();

        var scanned = await Task.WhenAll(people.Select(person => _devices.TryScanAsync(_device, person, default)));

        var first = people[Array.IndexOf(scanned, true)];
        Assert.Single(scanned, true);
        Assert.True(await _devices.TryScanAsync(_device, first, default));
        Equal(_device with { State = DeviceState.Scanned, AccountId = first }, await _devices.FindAsync(_device.UserCode, default));
    }

    [Fact]
    public async Task Confirming_stores_the_consent_and_when_it_was_given()
    {
        await AddAsync(_device);
        await _devices.TryScanAsync(_device, _person, default);
        var consent = ConsentOf(_person) with { Scopes = ["openid", "phone"], PhoneId = 9, AskedForPhone = true };

        Assert.True(await _devices.TryConfirmAsync(_device, consent, Samples.Noon.AddMicroseconds(5), default));

        Equal(
            _device with { State = DeviceState.Confirmed, AccountId = _person, PhoneId = 9, ConfirmedAt = Samples.Noon.AddMicroseconds(5) },
            await _devices.FindAsync(_device.UserCode, default));
        Assert.Equal(9, (await _consents.FindAsync(_person, _device.AppId, default))!.PhoneId);
    }

    [Fact]
    public async Task Confirming_makes_the_person_known_to_the_app()
    {
        await new SqlAppStore(engine.Database).TryAddAsync(Samples.NewApp(Samples.NewId()) with { Id = _device.AppId }, default);
        await AddAsync(_device);
        await _devices.TryScanAsync(_device, _person, default);
        await ConfirmAsync(_person);

        var openId = Samples.Identifiers.OpenId(_device.AppId, _person);
        var found = await new IdentifierIndex(Samples.Identifiers, new SqlIdentifierStore(engine.Database))
            .FindByOpenIdAsync(_device.AppId, new HashSet<string> { openId }, default);
        Assert.Equal(_person, found[openId]);
    }

    [Fact]
    public async Task Only_who_scanned_may_answer_and_only_once()
    {
        await AddAsync(_device);
        Assert.False(await ConfirmAsync(_person)); // not scanned
        Assert.False(await _devices.TryDenyAsync(_device, _person, default));
        await _devices.TryScanAsync(_device, _person, default);

        Assert.False(await ConfirmAsync(_other));
        Assert.False(await _devices.TryDenyAsync(_device, _other, default));
        Assert.Null(await _consents.FindAsync(_other, _device.AppId, default));

        Assert.True(await _devices.TryDenyAsync(_device, _person, default));
        Assert.False(await ConfirmAsync(_person));
        Assert.False(await _devices.TryScanAsync(_device, _person, default));
        Assert.Null(await _consents.FindAsync(_person, _device.AppId, default));
    }

    [Fact]
    public async Task Of_ten_polls_one_takes_the_tokens_and_none_before_the_person_confirmed()
    {
        await AddAsync(_device);
        await _devices.TryScanAsync(_device, _person, default);
        Assert.False(await _devices.TryTakeAsync(_device, default));
        await ConfirmAsync(_person);

        Assert.Single(await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => _devices.TryTakeAsync(_device, default))), true);
        Assert.False(await _devices.TryDenyAsync(_device, _person, default));
    }

    private Task<bool> AddAsync(DeviceAuthorization device) => _devices.TryAddAsync(device, Samples.Noon.AddHours(1), default);

    private Task<bool> ConfirmAsync(long person) => _devices.TryConfirmAsync(_device, ConsentOf(person), Samples.Noon, default);

    private Consent ConsentOf(long person) => new(person, _device.AppId, ["openid"], PhoneId: null, Samples.Noon);

    private static void Equal(DeviceAuthorization expected, DeviceAuthorization? actual)
    {
        Assert.NotNull(actual);
        Assert.Equal(expected.Scopes, actual.Scopes);
        Assert.Equal(expected with { Scopes = [] }, actual with { Scopes = [] });
    }
}
