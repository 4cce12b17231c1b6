using Microsoft.Extensions.Options;
using Yaopai.Server.Accounts;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Consents;

namespace Yaopai.Tests.Storage;

public sealed class SqliteFriendStoreTests(OnSqlite engine) : FriendStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresFriendStoreTests(OnPostgres engine) : FriendStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class FriendStoreContract(Engine engine)
{
    private readonly SqlFriendStore _friends = new(engine.Database);
    private readonly SqlAccountStore _accounts = new(engine.Database);
    private readonly SqlSignInStore _signIns = new(engine.Database, Options.Create(new SignInOptions()));

    [Fact]
    public async Task A_friendship_holds_one_way_and_once()
    {
        var (me, you) = (await NewAsync(), await NewAsync());

        Assert.True(await _friends.TryAddAsync(me, you, Samples.Noon, default));
        Assert.False(await _friends.TryAddAsync(me, you, Samples.Noon, default));

        Assert.Equal([you], await IdsAsync(me, FriendOrder.AddedAt));
        Assert.Empty(await IdsAsync(you, FriendOrder.AddedAt));
        Assert.Equal([(me, you)], await _friends.AmongAsync([me, you, 5], default));
    }

    [Fact]
    public async Task Nobody_has_a_friend_who_is_not_there_or_who_is_themselves()
    {
        var me = await NewAsync();

        Assert.False(await _friends.TryAddAsync(me, 4, Samples.Noon, default));
        Assert.False(await _friends.TryAddAsync(4, me, Samples.Noon, default));
        Assert.False(await _friends.TryAddAsync(me, me, Samples.Noon, default));
    }

    [Fact]
    public async Task Friends_come_in_the_order_that_is_asked_for_page_by_page()
    {
        var me = await NewAsync();
        var (first, second, third) = (await NewAsync(), await NewAsync(), await NewAsync());
        await _friends.TryAddAsync(me, first, Samples.Noon, default);
        await _friends.TryAddAsync(me, second, Samples.Noon.AddDays(1), default);
        await _friends.TryAddAsync(me, third, Samples.Noon.AddDays(2), default);
        await SignInAsync(first, Samples.Noon.AddDays(9), SignInOutcome.SignedIn);
        await SignInAsync(second, Samples.Noon.AddDays(8), SignInOutcome.SignedIn);
        await SignInAsync(third, Samples.Noon.AddDays(10), SignInOutcome.Refused);

        Assert.Equal([third, second, first], await IdsAsync(me, FriendOrder.AddedAt));
        Assert.Equal([first, second, third], await IdsAsync(me, FriendOrder.LastSignIn));
        Assert.Equal([second],
            (await _friends.ListAsync(me, FriendOrder.AddedAt, use: null, skip: 1, take: 1, default)).Select(friend => friend.AccountId));
        Assert.Empty(await _friends.ListAsync(me, FriendOrder.AddedAt, use: null, skip: 3, take: 9, default));
    }

    [Fact]
    public async Task Friends_are_told_apart_by_the_app_that_they_use_and_by_whom_they_have_for_friends()
    {
        var (me, user, other) = (await NewAsync(), await NewAsync(), await NewAsync());
        var app = Samples.NewId();
        await _friends.TryAddAsync(me, user, Samples.Noon, default);
        await _friends.TryAddAsync(me, other, Samples.Noon.AddDays(1), default);
        await _friends.TryAddAsync(other, me, Samples.Noon, default);
        var consents = new SqlConsentStore(engine.Database, Samples.Identifiers);
        await consents.PutAsync(new(user, app, ["basic"], null, Samples.Noon), default);
        await consents.PutAsync(new(other, Samples.NewId(), ["basic"], null, Samples.Noon), default); // of another app

        Assert.Equal([user], await ByUseAsync(uses: true, skip: 0));
        Assert.Equal([other], await ByUseAsync(uses: false, skip: 0));
        Assert.Empty(await ByUseAsync(uses: false, skip: 1));
        Assert.Equal([other], await _friends.MutualAsync(me, [user, other], default));
        Assert.Empty(await _friends.MutualAsync(me, [], default));

        async Task<IEnumerable<long>> ByUseAsync(bool uses, int skip) =>
            (await _friends.ListAsync(me, FriendOrder.LastSignIn, new FriendUse(app, uses), skip, take: 9, default))
                .Select(friend => friend.AccountId);
    }

    [Fact]
    public async Task What_is_undone_or_whose_person_is_gone_is_no_friendship()
    {
        var (me, you, other) = (await NewAsync(), await NewAsync(), await NewAsync());
        await _friends.TryAddAsync(me, you, Samples.Noon, default);
        await _friends.TryAddAsync(other, me, Samples.Noon, default);
        await _friends.TryAddAsync(me, other, Samples.Noon, default);

        Assert.True(await _friends.TryRemoveAsync(me, you, default));
        Assert.False(await _friends.TryRemoveAsync(me, you, default));
        await _accounts.TryDeleteAsync(new Revocation(0, other, Guid.Empty, Samples.Noon, Samples.Noon.AddDays(1)), default);

        Assert.Empty(await _friends.AmongAsync([me, you, other], default));
    }

    private async Task<long> NewAsync()
    {
        var account = Samples.NewAccount();
        await _accounts.TryAddAsync(account, default);
        return account.Id;
    }

    private async Task<IEnumerable<long>> IdsAsync(long accountId, FriendOrder order) =>
        (await _friends.ListAsync(accountId, order, use: null, skip: 0, take: 100, default)).Select(friend => friend.AccountId);

    private Task<bool> SignInAsync(long accountId, DateTimeOffset at, SignInOutcome outcome) => _signIns.TryProveAsync(
        [BitConverter.GetBytes(accountId)], at, new SignInRecord(accountId, at, outcome, [1], [2], null), default);
}
