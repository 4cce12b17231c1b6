using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;
using Yaopai.Server.Storage.Sql.Accounts;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Storage.Sql.Organisations;

namespace Yaopai.Tests.Storage;

public sealed class SqliteMemberStoreTests(OnSqlite engine) : MemberStoreContract(engine), IClassFixture<OnSqlite>;

public sealed class PostgresMemberStoreTests(OnPostgres engine) : MemberStoreContract(engine), IClassFixture<OnPostgres>;

public abstract class MemberStoreContract(Engine engine) : IAsyncLifetime
{
    private static int s_lastNumber = 13_000_000;

    private readonly SqlMemberStore _members = new(engine.Database);
    private readonly SqlAccountStore _accounts = new(engine.Database);
    private readonly SqlDepartmentStore _departments = new(engine.Database);
    private readonly Tenant _tenant = Samples.NewTenant();

    public async ValueTask InitializeAsync() => Assert.True(await new SqlTenantStore(engine.Database).TryAddAsync(_tenant, default));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_member_reads_back_with_all_its_fields_by_each_key()
    {
        var (one, other) = (await NewDepartmentAsync(), await NewDepartmentAsync());
        var member = Samples.NewMember(_tenant) with
        {
            NameEn = "Zhang San",
            Sex = Sex.Female,
            Mobile = NewNumber(),
            Email = "Zhang.San@example.com",
            IsAdmin = true,
            AccountId = Samples.NewId(),
            State = MemberState.Open,
            Details = new()
            {
                Phones = ["010-1"],
                EmployeeId = "e1",
                Secretary = "li@x",
                IsMobileHidden = true,
                More = new Dictionary<string, string> { ["尺码"] = "42" },
            },
            Memberships = [new(other, 5), new(one, 1), new(Department.Root, 3)],
        };

        Assert.Equal(MemberOutcome.Done, await _members.PutAsync(member, default));

        Equal(member, await _members.FindAsync(_tenant.Id, MemberKey.UserId, member.UserId, default));
        Equal(member, await _members.FindAsync(_tenant.Id, MemberKey.CorpUserId, member.CorpUserId, default));
        Equal(member, await _members.FindAsync(_tenant.Id, MemberKey.Mobile, member.Mobile!, default));
        Equal(member, await _members.FindAsync(_tenant.Id, MemberKey.Email, "zhang.san@EXAMPLE.com", default));
        Equal(member, await _members.FindByAccountAsync(member.AccountId.Value, default));
        Assert.Null(await _members.FindAsync(Samples.NewTenant().Id, MemberKey.UserId, member.UserId, default));
        Assert.Null(await _members.FindAsync(_tenant.Id, MemberKey.UserId, "nobody", default));
        Assert.Equal([member.UserId],
            (await _members.ListAsync(_tenant.Id, MemberKey.CorpUserId, ["nobody", member.CorpUserId], default)).Select(one => one.UserId));
    }

    [Fact]
    public async Task A_change_moves_a_member_between_departments()
    {
        var (one, other) = (await NewDepartmentAsync(), await NewDepartmentAsync());
        var member = await NewAsync(memberships: [new(one, 2)]);

        await _members.PutAsync(member with { Name = "新名", Memberships = [new(other, 1)], ChangedAt = Samples.Noon.AddDays(1) }, default);

        var read = await _members.FindAsync(_tenant.Id, MemberKey.UserId, member.UserId, default);
        Assert.Equal(("新名", other, Samples.Noon.AddDays(1)), (read!.Name, read.Main.Department, read.ChangedAt));
        Assert.Equal(0, (await _members.ListAsync(_tenant.Id, one, skip: 0, take: 10, default)).Total);
        Assert.Equal(1, (await _members.ListAsync(_tenant.Id, other, skip: 0, take: 10, default)).Total);
    }

    [Fact]
    public async Task The_members_of_a_department_come_by_their_positions_page_by_page()
    {
        var (department, other) = (await NewDepartmentAsync(), await NewDepartmentAsync());
        var last = await NewAsync(memberships: [new(department, 3)]);
        var first = await NewAsync(memberships: [new(other, 9), new(department, 1)]);
        var second = await NewAsync(memberships: [new(department, 2)]);

        var page = await _members.ListAsync(_tenant.Id, department, skip: 0, take: 2, default);
        Assert.Equal(3, page.Total);
        Assert.Equal([first.UserId, second.UserId], page.Members.Select(member => member.UserId));
        Assert.Equal([other, department], page.Members[0].Memberships.Select(one => one.Department));

        var rest = await _members.ListAsync(_tenant.Id, department, skip: 2, take: 2, default);
        Assert.Equal([last.UserId], rest.Members.Select(member => member.UserId));
        Assert.Empty((await _members.ListAsync(Samples.NewTenant().Id, department, skip: 0, take: 2, default)).Members);
    }

    [Fact]
    public async Task What_is_another_members_is_refused()
    {
        var taken = await NewAsync(mobile: NewNumber());
        var member = Samples.NewMember(_tenant);

        Assert.Equal(MemberOutcome.CorpUserIdTaken, await _members.PutAsync(member with { CorpUserId = taken.CorpUserId }, default));
        Assert.Equal(MemberOutcome.MobileTaken, await _members.PutAsync(member with { Mobile = taken.Mobile }, default));
        Assert.Equal(MemberOutcome.DepartmentMissing, await _members.PutAsync(member with { Memberships = [new(99, 1)] }, default));
        Assert.Equal(MemberOutcome.Missing, await _members.PutAsync(member with { TenantId = Samples.NewTenant().Id }, default));
        Assert.Null(await _members.FindAsync(_tenant.Id, MemberKey.UserId, member.UserId, default));
    }

    [Fact]
    public async Task A_user_id_is_never_used_again()
    {
        var member = await NewAsync();

        Assert.Equal(MemberOutcome.Done, await _members.DeleteAsync(_tenant.Id, member.UserId, Samples.Noon, default));
        Assert.Equal(MemberOutcome.Missing, await _members.DeleteAsync(_tenant.Id, member.UserId, Samples.Noon, default));

        Assert.Null(await _members.FindAsync(_tenant.Id, MemberKey.UserId, member.UserId, default));
        Assert.Equal(MemberOutcome.UserIdTaken, await _members.PutAsync(member, default));
    }

    [Fact]
    public async Task An_account_is_opened_with_the_number_and_closed_with_the_membership()
    {
        var member = await NewAsync(mobile: NewNumber());
        Assert.Equal(MemberOutcome.Done, await OpenAsync(member));

        var open = await ReadAsync(member);
        Assert.Equal((MemberState.Open, true), (open.State, open.OwnsAccount));
        var account = await AccountOfAsync(member);
        Assert.Equal((open.AccountId, member.UserId, true), (account!.Id, account.Name, account.MaySignIn));
        Assert.Null(account.ProvedPhone); // the organisation's word proves nothing

        Assert.Equal(MemberOutcome.Done, await WriteAsync(member, MemberAccounts.CloseAsync));
        Assert.Equal(MemberState.Closed, (await ReadAsync(member)).State);
        Assert.False((await AccountOfAsync(member))!.MaySignIn);
        var revoked = await new SqlRevocationStore(engine.Database).TouchingAsync(1, account.Id, Guid.NewGuid(), default);
        var ahead = Assert.Single(revoked).Before - DateTimeOffset.UtcNow;
        Assert.InRange(ahead, TimeSpan.FromSeconds(2), HybridClock.Furthest); // by as much as clocks may be apart
        Assert.Equal([(0L, account.Id)], revoked.Select(revocation => (revocation.AppId, revocation.AccountId)));

        Assert.Equal(MemberOutcome.Done, await OpenAsync(member));
        Assert.Equal((MemberState.Open, true), ((await ReadAsync(member)).State, (await AccountOfAsync(member))!.MaySignIn));

        await _members.DeleteAsync(_tenant.Id, member.UserId, Samples.Noon, default);
        Assert.Null(await AccountOfAsync(member)); // the number is free
        Assert.False((await _accounts.FindAsync(account.Id, default))!.MaySignIn);
    }

    [Fact]
    public async Task No_account_is_opened_without_a_number_or_with_that_of_another_account()
    {
        var (without, other) = (await NewAsync(), await NewAsync(mobile: NewNumber()));
        await _accounts.TryAddAsync(Samples.NewAccount() with { Phones = [Phone(other.Mobile!)] }, default);

        Assert.Equal(MemberOutcome.MobileMissing, await OpenAsync(without));
        Assert.Equal(MemberOutcome.MobileTaken, await OpenAsync(other));

        Assert.Equal(MemberState.WithoutAccount, (await ReadAsync(other)).State);
    }

    [Fact]
    public async Task An_account_whose_name_is_taken_gets_another()
    {
        var member = await NewAsync(mobile: NewNumber());
        await _accounts.TryAddAsync(Samples.NewAccount() with { Name = member.UserId.ToUpperInvariant() }, default);

        Assert.Equal(MemberOutcome.Done, await OpenAsync(member));

        Assert.StartsWith(member.UserId + ".", (await AccountOfAsync(member))!.Name);
    }

    [Fact]
    public async Task A_number_changes_with_that_of_the_account_three_times_a_day()
    {
        var member = await NewAsync(mobile: NewNumber());
        await OpenAsync(member);
        var last = member.Mobile;

        Assert.Equal(MemberOutcome.Done, await ChangeAsync(last!, 0)); // none
        for (var change = 0; change < 3; change++)
            Assert.Equal(MemberOutcome.Done, await ChangeAsync(last = NewNumber(), change));
        Assert.Equal(MemberOutcome.MobileChangedTooOften, await ChangeAsync(NewNumber(), 3));
        Assert.Equal(last, (await ReadAsync(member)).Mobile);
        var account = await _accounts.FindAsync((await ReadAsync(member)).AccountId!.Value, default);
        Assert.Equal(last, MobileNumber.Write(account!.BoundPhone!.CallingCode, account.BoundPhone.National));
        Assert.Single(account.Phones);

        Assert.Equal(MemberOutcome.Done, await ChangeAsync(NewNumber(), 24));

        Task<MemberOutcome> ChangeAsync(string mobile, int hours) =>
            _members.ChangeMobileAsync(_tenant.Id, member.UserId, mobile, Samples.Noon.AddHours(hours), default);
    }

    [Fact]
    public async Task A_number_that_its_person_proved_stays_the_accounts_whatever_the_organisation_says()
    {
        var member = await NewAsync(mobile: NewNumber());
        await OpenAsync(member);
        var account = (await AccountOfAsync(member))!;
        await _accounts.ChangeAsync(
            account.Id, one => one with { Phones = [one.BoundPhone! with { VerifiedAt = Samples.Noon }] }, default);
        var said = NewNumber();

        Assert.Equal(MemberOutcome.Done, await _members.ChangeMobileAsync(_tenant.Id, member.UserId, said, Samples.Noon, default));

        Assert.Equal(said, (await ReadAsync(member)).Mobile);
        Assert.Equal(account.BoundPhone!.National, (await _accounts.FindAsync(account.Id, default))!.ProvedPhone!.National);
        await _accounts.TryAddAsync(Samples.NewAccount() with { Phones = [Phone(said = NewNumber())] }, default);
        Assert.Equal(
            MemberOutcome.MobileTaken, await _members.ChangeMobileAsync(_tenant.Id, member.UserId, said, Samples.Noon, default));
    }

    [Fact]
    public async Task A_number_that_is_taken_is_refused_and_counts_for_nothing()
    {
        var (member, other) = (await NewAsync(mobile: NewNumber()), await NewAsync(mobile: NewNumber()));
        await OpenAsync(member);
        var foreign = NewNumber();
        await _accounts.TryAddAsync(Samples.NewAccount() with { Phones = [Phone(foreign)] }, default);

        for (var attempt = 0; attempt < 4; attempt++)
        {
            Assert.Equal(MemberOutcome.MobileTaken, await ChangeAsync(other.Mobile!));
            Assert.Equal(MemberOutcome.MobileTaken, await ChangeAsync(foreign));
        }

        Assert.Equal(MemberOutcome.Done, await ChangeAsync(NewNumber()));
        Assert.Equal(MemberOutcome.Missing,
            await _members.ChangeMobileAsync(_tenant.Id, "nobody", NewNumber(), Samples.Noon, default));

        Task<MemberOutcome> ChangeAsync(string mobile) =>
            _members.ChangeMobileAsync(_tenant.Id, member.UserId, mobile, Samples.Noon, default);
    }

    private static string NewNumber() => $"+86-139{Interlocked.Increment(ref s_lastNumber)}";

    private static Server.Accounts.PhoneNumber Phone(string mobile) =>
        new(Samples.NewId(), "86", mobile["+86-".Length..], "CN", IsBound: true, VerifiedAt: null);

    private static void Equal(Member expected, Member? read)
    {
        Assert.Equivalent(expected, read, strict: true);
        Assert.Equal(expected.Main, read!.Main);
    }

    private async Task<Member> NewAsync(string? mobile = null, IReadOnlyList<Membership>? memberships = null)
    {
        var member = Samples.NewMember(_tenant) with { Mobile = mobile };
        if (memberships is not null)
            member = member with { Memberships = memberships };
        Assert.Equal(MemberOutcome.Done, await _members.PutAsync(member, default));
        return member;
    }

    private async Task<long> NewDepartmentAsync() => (await _departments.PutAsync(
        new() { TenantId = _tenant.Id, Name = "部门", CreatedAt = Samples.Noon, ChangedAt = Samples.Noon }, default)).Number;

    private Task<MemberOutcome> OpenAsync(Member member) => WriteAsync(member, MemberAccounts.OpenAsync);

    private Task<MemberOutcome> WriteAsync(
        Member member, Func<Server.Storage.Engine.Session, Member, DateTimeOffset, Task<MemberOutcome>> write) =>
        engine.Database.WriteAsync(
            async session => await write(
                session, (await MemberRows.FindAsync(session, _tenant.Id, MemberKey.UserId, member.UserId))!, Samples.Noon), default);

    private async Task<Member> ReadAsync(Member member) =>
        (await _members.FindAsync(_tenant.Id, MemberKey.UserId, member.UserId, default))!;

    private Task<Server.Accounts.Account?> AccountOfAsync(Member member) =>
        _accounts.FindByPhoneAsync("86", member.Mobile!["+86-".Length..], default);
}
