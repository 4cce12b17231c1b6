using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.WeLink;

/// <summary>An organisation of one test class on the shared server, with an app at home there.</summary>
/// <remarks>What a class changes, no other stands on.</remarks>
public sealed class Company(SharedServer shared) : IAsyncLifetime
{
    private static int s_lastNumber = 11_000_000;

    public TestServer Server => shared.Server;

    internal Tenant Tenant { get; private set; } = Samples.NewTenant() with { Name = "一家公司", NameEn = "A Company" };

    internal DemoData.DemoApp App { get; private set; } = null!;

    /// <summary>Right below the root.</summary>
    internal long Research { get; private set; }

    /// <summary>Below research.</summary>
    internal long Backend { get; private set; }

    /// <summary>Right below the root, and last.</summary>
    internal long Sales { get; private set; }

    /// <summary>In research and in sales, and administers.</summary>
    internal Member Zhang { get; private set; } = null!;

    /// <summary>In backend.</summary>
    internal Member Li { get; private set; } = null!;

    /// <summary>In backend, too, and closed.</summary>
    internal Member Wang { get; private set; } = null!;

    private IMemberStore Members => Server.Get<IMemberStore>();

    public async ValueTask InitializeAsync()
    {
        Assert.True(await Server.Get<ITenantStore>().TryAddAsync(Tenant, default));
        App = await NewAppAsync();
        Research = await AddDepartmentAsync("研发部", "Research", "research", position: 1);
        Backend = await AddDepartmentAsync("后端组", "Backend", "backend", position: 2, Research);
        Sales = await AddDepartmentAsync("销售部", "Sales", "sales", position: 9);
        Zhang = await AddAsync("zhang", member => member with
        {
            Name = "张三",
            NameEn = "Zhang San",
            Sex = Sex.Male,
            Email = "zhang@example.com",
            IsAdmin = true,
            Details = new()
            {
                Phones = ["0755-88888888"],
                EmployeeId = "e-7",
                Job = "经理",
                Address = "深圳",
                Remark = "欢迎",
                Secretary = $"li@{Tenant.Domain}",
                IsMobileHidden = true,
                More = new Dictionary<string, string> { ["尺码"] = "42" },
            },
            Memberships = [new(Research, 1), new(Sales, 5)],
        });
        Li = await AddAsync("li", member => member with { Sex = Sex.Female, Memberships = [new(Backend, 1)] });
        Wang = await AddAsync("wang", member => member with { State = MemberState.Closed, Memberships = [new(Backend, 2)] });
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    internal static string NewNumber() => $"+86-137{Interlocked.Increment(ref s_lastNumber)}";

    internal Task<WeLinkCaller> CallerAsync() => WeLinkCaller.OfAppAsync(Server, App);

    /// <summary>The app for a member, or for anybody else, who signed in to it.</summary>
    internal WeLinkCaller CallerOf(long accountId)
    {
        var profile = Server.Get<WeLinkProfile>();
        var (issuer, now) = (Server.Get<CredentialIssuer>(), Server.Get<IAppClock>().Now);
        var grant = new Grant(App.ClientId, accountId, issuer.NewId(), string.Join(' ', WeLinkProfile.AppScopes)) { TenantId = Tenant.Id };
        var tokens = issuer.Tokens(
            profile.Credentials, grant, new IssuedOn(Server.Get<HybridClock>().Now, now), withRefreshToken: false, secretWasShown: true);
        return new WeLinkCaller(Server, App) { Token = tokens.AccessToken };
    }

    /// <summary>A member with an account and a number; the account is one that was there before.</summary>
    internal async Task<Member> AddAsync(string corpUserId, Func<Member, Member>? change = null)
    {
        var account = Samples.NewAccount();
        Assert.True(await Server.Get<IAccountStore>().TryAddAsync(account, default));
        var member = new Member
        {
            TenantId = Tenant.Id,
            UserId = Member.UserIdOf(corpUserId, Tenant.Domain),
            CorpUserId = corpUserId,
            Name = corpUserId,
            Mobile = NewNumber(),
            State = MemberState.Open,
            AccountId = account.Id,
            Memberships = [new(Department.Root, 1)],
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        };
        member = change is null ? member : change(member);
        Assert.Equal(MemberOutcome.Done, await Members.PutAsync(member, default));
        return member;
    }

    internal async Task<Member> ReadAsync(Member member) =>
        (await Members.FindAsync(Tenant.Id, MemberKey.UserId, member.UserId, default))!;

    internal async Task ChangeAsync(Func<Tenant, Tenant> change)
    {
        Assert.True(await Server.Get<ITenantStore>().TryChangeAsync(Tenant = change(Tenant), default));
        Server.Get<TenantDirectory>().Clear();
    }

    /// <summary>An app that is at home here, and may do all that the demo app may.</summary>
    internal async Task<DemoData.DemoApp> NewAppAsync(Func<App, App>? change = null)
    {
        var model = DemoData.Apps[0];
        var app = (await Server.Get<IAppStore>().FindAsync(model.ClientId, default))! with { Id = Samples.NewId() };
        app = app with { SigningSecrets = [Server.Get<SigningSecrets>().Seal(app.Id, model.ClientSecret)] };
        Assert.True(await Server.Get<IAppStore>().TryAddAsync(change is null ? app : change(app), default));
        Assert.True(await Server.Get<ISubscriptionStore>()
            .TryAddHomeAsync(new AppTenancy(app.Id, Tenant.Id, IsIsv: false), app.CreatedAt, default));
        return model with { ClientId = app.Id };
    }

    internal async Task<long> AddDepartmentAsync(
        string name, string nameEn, string code, int position, long parent = Department.Root) =>
        (await Server.Get<IDepartmentStore>().PutAsync(new Department
        {
            TenantId = Tenant.Id,
            Parent = parent,
            CorpCode = code,
            Name = name,
            NameEn = nameEn,
            Manager = code is "research" ? $"zhang@{Tenant.Domain}" : null,
            Position = position,
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        }, default)).Number;
}
