using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Organisations;
using Yaopai.Server.Sandbox;
using Yaopai.Server.Surfaces.WeLink;
using Yaopai.Server.Surfaces.WeLink.Knowledge;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Surfaces.WeLink.Knowledge;

/// <summary>An organisation of one test class, with two departments, some members and two apps.</summary>
public sealed class KnowledgeScene : IAsyncLifetime
{
    public const string Add = "/api/knowledge/v2/articles/add", Update = "/api/knowledge/v2/articles/update",
        Delete = "/api/knowledge/v1/articles/delete", List = "/api/knowledge/v1/article/list", Upload = "/api/knowledge/v1/file/upload";

    private readonly OnSqlite _engine = new();

    public TestServer Server { get; private set; } = null!;

    /// <summary>By which files take too long, and nothing else.</summary>
    public FakeTimeProvider Patience { get; } = new();

    public Engine Engine => _engine;

    internal Tenant Tenant { get; } = Samples.NewTenant();

    internal WeLinkCaller Caller { get; private set; } = null!;

    /// <summary>Another app of the organisation.</summary>
    internal WeLinkCaller Sibling { get; private set; } = null!;

    /// <summary>In backend, which is below research.</summary>
    internal Member Author { get; private set; } = null!;

    internal Member Closed { get; private set; } = null!;

    internal Member Stranger { get; private set; } = null!;

    internal long Research { get; private set; }

    internal long Backend { get; private set; }

    public async ValueTask InitializeAsync()
    {
        await _engine.InitializeAsync();
        Server = await TestServer.StartWithAsync(
            _engine, services => services.AddSingleton(provider => ActivatorUtilities.CreateInstance<KnowledgeKit>(provider, Patience)),
            ("Knowledge:MaxFileBytes", "300000"), ("Quotas:AddressPerMinute", "0"));
        Assert.True(await Server.Get<ITenantStore>().TryAddAsync(Tenant, default));
        (Caller, Sibling) = (await NewCallerAsync(), await NewCallerAsync());
        Research = await AddDepartmentAsync("research", Department.Root);
        Backend = await AddDepartmentAsync("backend", Research);
        Author = await AddMemberAsync("author", Tenant.Id, Tenant.Domain, Backend);
        Closed = await AddMemberAsync("closed", Tenant.Id, Tenant.Domain, Department.Root, MemberState.Closed);
        Stranger = await AddMemberAsync("elsewhere", DemoOrganisations.Stranger, "stranger", Department.Root);
    }

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await _engine.DisposeAsync();
    }

    public static MultipartFormDataContent Form(byte[] bytes, string name, params (string Name, string Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        foreach (var (field, value) in fields)
            form.Add(new StringContent(value), field);
        var file = new ByteArrayContent(bytes);
        file.Headers.ContentType = new MediaTypeHeaderValue("text/html"); // a lie that nobody believes
        form.Add(file, "file", name);
        return form;
    }

    internal async Task<HttpResponseMessage> SendAsync(WeLinkCaller caller, string path, HttpContent content, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(method ?? HttpMethod.Post, WeLinkCaller.Root + path) { Content = content };
        request.Headers.TryAddWithoutValidation("x-wlk-Authorization", caller.Token);
        return await Server.Http.SendAsync(request);
    }

    internal async Task<JsonElement> UploadAsync(byte[] bytes, string name = "a.pdf") =>
        (await (await SendAsync(Caller, Upload, Form(bytes, name))).ShouldServeWeLinkAsync()).GetProperty("data");

    /// <summary>An article with other members than the usual; null leaves one out.</summary>
    internal Dictionary<string, object?> Article(params (string Name, object? Value)[] changes)
    {
        var body = new Dictionary<string, object?>
        {
            ["sourceName"] = "source",
            ["sourceArticleId"] = $"a_{Guid.NewGuid():n}",
            ["title"] = "标题",
            ["userId"] = Author.UserId,
            ["contentType"] = "1",
            ["content"] = "正文",
        };
        foreach (var (name, value) in changes)
            body[name] = value;
        return body.Where(one => one.Value is not null).ToDictionary();
    }

    internal async Task<Dictionary<string, object?>> AddArticleAsync(params (string Name, object? Value)[] changes)
    {
        var article = Article(changes);
        var json = await (await Caller.PostAsync(Add, article)).ShouldServeWeLinkAsync();
        Assert.Equal(article["sourceArticleId"], json.GetProperty("data").GetProperty("sourceArticleId").GetString());
        return article;
    }

    /// <summary>The app for a member who signed in to it.</summary>
    internal WeLinkCaller CallerOf(Member member)
    {
        var (issuer, now) = (Server.Get<CredentialIssuer>(), Server.Get<IAppClock>().Now);
        var grant = new Grant(Caller.App.ClientId, member.AccountId!.Value, issuer.NewId(), string.Join(' ', WeLinkProfile.AppScopes))
        {
            TenantId = Tenant.Id,
        };
        var tokens = issuer.Tokens(
            Server.Get<WeLinkProfile>().Credentials, grant, new IssuedOn(Server.Get<HybridClock>().Now, now), withRefreshToken: false,
            secretWasShown: true);
        return new WeLinkCaller(Server, Caller.App) { Token = tokens.AccessToken };
    }

    internal async Task<Member> AddMemberAsync(
        string name, long tenantId, string domain, long department, MemberState state = MemberState.Open)
    {
        var account = Samples.NewAccount();
        Assert.True(await Server.Get<IAccountStore>().TryAddAsync(account, default));
        var member = new Member
        {
            TenantId = tenantId,
            UserId = Member.UserIdOf(name, domain),
            CorpUserId = name,
            Name = $"名 {name}",
            State = state,
            AccountId = account.Id,
            Mobile = $"+86-138{Samples.NewId():00000000}",
            Memberships = [new Membership(department, 1)],
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        };
        Assert.Equal(MemberOutcome.Done, await Server.Get<IMemberStore>().PutAsync(member, default));
        return member;
    }

    internal async Task<WeLinkCaller> NewCallerAsync(Func<App, App>? change = null)
    {
        var model = DemoData.Apps[0];
        var app = (await Server.Get<IAppStore>().FindAsync(model.ClientId, default))! with { Id = Samples.NewId() };
        app = app with { SigningSecrets = [Server.Get<SigningSecrets>().Seal(app.Id, model.ClientSecret)] };
        Assert.True(await Server.Get<IAppStore>().TryAddAsync(change is null ? app : change(app), default));
        Assert.True(await Server.Get<ISubscriptionStore>().TryAddHomeAsync(
            new AppTenancy(app.Id, Tenant.Id, IsIsv: false), app.CreatedAt, default));
        return await WeLinkCaller.OfAppAsync(Server, model with { ClientId = app.Id });
    }

    private async Task<long> AddDepartmentAsync(string name, long parent) =>
        (await Server.Get<IDepartmentStore>().PutAsync(new Department
        {
            TenantId = Tenant.Id,
            Parent = parent,
            CorpCode = name,
            Name = name,
            CreatedAt = Samples.Noon,
            ChangedAt = Samples.Noon,
        }, default)).Number;
}
