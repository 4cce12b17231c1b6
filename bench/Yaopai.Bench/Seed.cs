using System.Globalization;
using System.Text.Json;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server;
using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.DataStore;
using Yaopai.Server.Identifiers;
using Yaopai.Server.Keys;
using Yaopai.Server.Provisioning;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Surfaces.HuaweiAccount;
using Yaopai.Server.Surfaces.Identity;
using Yaopai.Server.Surfaces.Identity.Gateway;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Server.Surfaces.WeLink;

namespace Yaopai.Bench;

/// <summary>A database as the load needs it, and forms that hold what the server would have issued: same keys, same issuer.</summary>
internal sealed class Seed : IAsyncDisposable
{
    /// <summary>What the server has to be told too: nothing may run out, neither calls nor the life of a code.</summary>
    public static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["Quotas:AppPerMinute"] = "0",
        ["Quotas:AddressPerMinute"] = "0",
        ["Grants:CodeLifetime"] = "01:00:00",
        ["Surfaces:OpenApi:TimestampWindow"] = "01:00:00",
        ["Grants:Identity:CodeLifetime"] = "01:00:00",
        ["Gateway:RequireHttps"] = "false", // the load comes over plain HTTP
        ["Surfaces:Identity:StrictHttpStatus"] = "true",
        ["Surfaces:OpenApi:StrictHttpStatus"] = "true", // so that a refusal can be seen by its status
    };

    private const long AppId = 100000001;
    private const long FirstAccount = 900001;
    private const int Users = 1_000;
    private const string Secret = "be5c000000000000000000000000000000000000000000000000000000000be5";
    private const string Plain = "profile phone";
    private const string WithIdToken = "openid profile phone";
    private const string WithRisk = "openid riskLevel";
    private const string HashType = "counter";
    private const string WithOneTap = "openid quickLoginMobilePhone";

    private readonly ServiceProvider _services;
    private readonly CredentialIssuer _issuer;
    private readonly CredentialProfile _huawei;
    private readonly CredentialProfile _open;
    private readonly CredentialProfile _identity;
    private readonly CredentialProfile _welink;
    private readonly Lazy<IssuedTokens> _session;
    private long _next;

    private Seed(ServiceProvider services)
    {
        _services = services;
        _issuer = services.GetRequiredService<CredentialIssuer>();
        _huawei = services.GetRequiredService<HuaweiAccountProfile>().Credentials;
        _open = services.GetRequiredService<OpenApiProfile>().Credentials;
        _identity = services.GetRequiredService<IdentityProfile>().Credentials;
        _welink = services.GetRequiredService<WeLinkProfile>().Credentials;
        _session = new(OpenTokens);
    }

    /// <summary>Makes schema, keys, app, people and consents.</summary>
    public static async Task<Seed> PrepareAsync(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(Settings.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value)))
            .AddInMemoryCollection(settings)
            .Build();
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IConfiguration>(configuration);
        services.AddSingleton<SessionSecrets>();
        YaopaiServer.AddPlatform(services, configuration);

        var seed = new Seed(services.BuildServiceProvider());
        await seed.FillAsync();
        return seed;
    }

    /// <summary>Everything for a load that is run by hand.</summary>
    public static async Task WriteAllAsync(string folder, string[] settings)
    {
        Directory.CreateDirectory(folder);
        var defaults = new Dictionary<string, string?>
        {
            ["Data"] = folder,
            ["Storage:Database"] = $"sqlite:{Path.Combine(folder, "bench.db")}",
        };
        await using var seed = await PrepareAsync(
            defaults.Concat(new ConfigurationBuilder().AddCommandLine(settings).Build().AsEnumerable()));
        foreach (var row in Row.Sqlite)
            await seed.WriteAsync(row, Path.Combine(folder, row.Name + ".txt"), row.Sending is Sending.Once ? 500_000 : Users);
    }

    /// <summary>Writes the forms of a row, one a line; of those that may be sent but once, <paramref name="count"/> new ones.</summary>
    public async Task WriteAsync(Row row, string file, int count)
    {
        await using var writer = new StreamWriter(file, append: false) { NewLine = "\n" };
        for (var i = 0; i < (row.Sending is Sending.Same ? 1 : count); i++)
            await writer.WriteLineAsync(Form(row.Forms));
    }

    public string Form(string name) => name switch
    {
        "app-token" => Form(("grant_type", "client_credentials"), ("client_id", AppId.ToString()), ("client_secret", Secret)),
        "wrong-secret" =>
            Form(("grant_type", "client_credentials"), ("client_id", AppId.ToString()), ("client_secret", new string('0', Secret.Length))),
        "token-info" => Form(("access_token", Tokens(WithIdToken).AccessToken), ("open_id", "OPENID")),
        "malformed" => Form(("access_token", "not!a!token"), ("open_id", "OPENID")),
        "forged" => Form(("access_token", Forge(Tokens(WithIdToken).AccessToken)), ("open_id", "OPENID")),
        "user-info" => Form(("access_token", Tokens(WithIdToken).AccessToken), ("getNickName", "1")),
        "riskLevel" => $$"""{"accessToken":"{{Tokens(WithRisk).AccessToken}}","scene":"registration"}""",
        "refresh" => Refresh(Tokens(Plain).RefreshToken!),
        "refresh-id" => Refresh(Tokens(WithIdToken).RefreshToken!),
        "openIdToUnionId" => Form(("access_token", AppToken(_huawei)), ("open_id", NextOpenId())),
        "quickLogin" => JsonSerializer.Serialize(
            new { code = NextCode(WithOneTap, HuaweiAccountProfile.QuickLogin), clientId = $"{AppId}", clientSecret = Secret }),
        "batchGet100" => $"Bearer {AppToken(_huawei)} "
            + $"{JsonSerializer.Serialize(new { openIdList = Enumerable.Range(0, 100).Select(_ => NextOpenId()) })}",
        "open-token" => Form(("access_token", OpenTokens().AccessToken)),
        "open-signed" => Signed(),
        "open-increment" => Form(("access_token", AppToken(_open)), ("obj_type", HashType), ("key", $"k{_next++ % Users}")),
        "identity-client" => Form(("grant_type", "client_credential"), ("appid", AppId.ToString()), ("secret", Secret)),
        "identity-code" => Form(
            ("grant_type", "authorization_code"), ("appid", AppId.ToString()), ("secret", Secret),
            ("code", _issuer.Code(_identity, NextGrant(IdentityProfile.UserInfo), new CodeTerms("", "", null, null), Now))),
        "identity-info" => IdentityInfo(),
        "identity-gateway" => IdentityQuery(),
        "welink-ticket" => JsonSerializer.Serialize(new { client_id = $"{AppId}", client_secret = Secret }),
        "welink-user" => $"{WeLinkHeader}?userId={Uri.EscapeDataString(SeedTenant.UserIdOf(1))}",
        "welink-departments" => $"{WeLinkHeader}?deptCode=0&recursiveflag=0&offset=1&limit=100",
        "welink-message" => WeLinkHeader + SeedTenant.Message(Users),
        "code" => Request(NextCode(Plain)),
        "code-id" => Request(NextCode(WithIdToken)),
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "There is no such row."),
    };

    /// <summary>What the app of the organisation shows with its calls.</summary>
    public string WeLinkToken => _issuer.AppTokens(
        _welink, AppId, string.Join(' ', WeLinkProfile.AppScopes), Now, SeedTenant.Id).AccessToken;

    private string WeLinkHeader => $"x-wlk-Authorization: {WeLinkToken} ";

    /// <summary>Whether anything submitted is still to be done.</summary>
    public async Task<bool> IsProvisioningAsync() =>
        (await _services.GetRequiredService<IProvisioningQueue>().WaitingTenantsAsync(CancellationToken.None)).Count > 0;

    /// <summary>How many items of the organisation ended in which state, of members and of departments.</summary>
    public async Task<string> DoneAsync() => string.Join(", ", await _services.GetRequiredService<Database>().ReadAsync(
        session => session.ListAsync<string>(
            "SELECT COUNT(*) || ' in state ' || state || '/' || fault FROM provisioning_item GROUP BY subject, state, fault"),
        CancellationToken.None));

    public ValueTask DisposeAsync() => _services.DisposeAsync();

    private async Task FillAsync()
    {
        await _services.GetRequiredService<Database>().MigrateAsync(CancellationToken.None);
        var keys = _services.GetRequiredService<KeyRing>();
        var now = _services.GetRequiredService<TimeProvider>().GetUtcNow();
        await keys.LoadAsync(CancellationToken.None);
        await keys.PrepareAsync(now, CancellationToken.None);

        await _services.GetRequiredService<IAccountGroupStore>().TryAddAsync(
            new AccountGroup(501, "bench", now, null), CancellationToken.None);
        await _services.GetRequiredService<IDeveloperStore>().TryAddAsync(
            new Developer(1001, "bench", 501, now, null), CancellationToken.None);
        await _services.GetRequiredService<IAppStore>().TryAddAsync(
            new App
            {
                Id = AppId,
                DeveloperId = 1001,
                ProjectId = 1_001_000,
                Name = "bench",
                SecretHashes = [ClientSecret.Hash(Secret)],
                AppliedScopes =
                    [.. WithIdToken.Split(' '), "riskLevel", HuaweiAccountProfile.OneTapPhoneScope, IdentityProfile.Manage,
                        .. WeLinkProfile.AppScopes],
                ApprovedScopes =
                    [.. WithIdToken.Split(' '), "riskLevel", HuaweiAccountProfile.OneTapPhoneScope, IdentityProfile.Manage,
                        .. WeLinkProfile.AppScopes],
                IsSigning = true,
                SigningSecrets = [_services.GetRequiredService<SigningSecrets>().Seal(AppId, Secret)],
                QuotaPerMinute = 0,
                CreatedAt = now,
            }, CancellationToken.None);

        await _services.GetRequiredService<ObjectTypes>().CreateAsync(AppId, HashType, CancellationToken.None);
        await SeedTenant.AddAsync(_services, AppId, Users, now);

        var accounts = _services.GetRequiredService<IAccountStore>();
        var consents = _services.GetRequiredService<IConsentStore>();
        await Parallel.ForAsync(0, Users, async (i, ct) =>
        {
            var id = FirstAccount + i;
            await accounts.TryAddAsync(AccountOf(id, now), ct);
            await consents.PutAsync(ConsentOf(id, WithIdToken, now), ct);
            await SignInAsync(id, now, ct);
        });
    }

    /// <summary>Five sign-ins of a person, eight people to an address: what there is to read for a risk level.</summary>
    private async Task SignInAsync(long id, DateTimeOffset now, CancellationToken ct)
    {
        var signIns = _services.GetRequiredService<ISignInStore>();
        byte[] address = BitConverter.GetBytes(id / 8), device = BitConverter.GetBytes(id);
        for (var day = 0; day < 5; day++)
        {
            var record = new SignInRecord(id, now.AddDays(-day), SignInOutcome.SignedIn, address, address, device);
            await signIns.TryProveAsync([SignInTraces.OfAccount(id)], now, record, ct);
        }
    }

    private static Account AccountOf(long id, DateTimeOffset now) => new()
    {
        Id = id,
        Name = $"user{id}",
        PasswordHash = "-", // nobody signs in here
        Region = "CN",
        Nickname = "小明",
        AvatarUrl = $"https://bench.example/avatars/{id}.png",
        Email = $"user{id}@bench.example",
        EmailVerified = true,
        Phones = [new PhoneNumber(id * 10, "86", $"13{id:D9}", "CN", IsBound: true, VerifiedAt: now)],
        CreatedAt = now,
    };

    private static Consent ConsentOf(long accountId, string scopes, DateTimeOffset now) =>
        new(accountId, AppId, scopes.Split(' '), accountId * 10, now);

    private long NextAccount() => FirstAccount + (_next++ % Users);

    private string NextOpenId() => _services.GetRequiredService<PairwiseIdentifiers>().OpenId(AppId, NextAccount());

    private string NextCode(string scopes, string component = "") =>
        _issuer.Code(_huawei, NextGrant(scopes), new CodeTerms(component, "", null, null), Now);

    private IssuedTokens Tokens(string scopes) =>
        _issuer.Tokens(_huawei, NextGrant(scopes), Now, withRefreshToken: true, secretWasShown: true);

    private string AppToken(CredentialProfile profile) => _issuer.AppTokens(profile, AppId, "", Now).AccessToken;

    private Grant NextGrant(string scopes)
    {
        var accountId = NextAccount();
        return new Grant(AppId, accountId, _issuer.NewId(), scopes, accountId * 10);
    }

    private static IssuedOn Now => new(TimeProvider.System.GetUtcNow(), TimeProvider.System.GetUtcNow());

    private IssuedTokens OpenTokens() => _issuer.Tokens(_open, NextGrant("basic"), Now, withRefreshToken: false, secretWasShown: true);

    private string IdentityInfo()
    {
        var grant = NextGrant(IdentityProfile.UserInfo);
        var token = _issuer.Tokens(_identity, grant, Now, withRefreshToken: false, secretWasShown: true).AccessToken;
        var openId = _services.GetRequiredService<PairwiseIdentifiers>().OpenId(AppId, grant.AccountId);
        return "?" + Form(("access_token", token), ("oauth_consumer_key", AppId.ToString()), ("openid", openId));
    }

    /// <summary>One session calls, each time with another parameter: the same call comes once.</summary>
    private string Signed()
    {
        var now = _services.GetRequiredService<TimeProvider>().GetUtcNow();
        Dictionary<string, string> call = new()
        {
            ["session_key"] = _session.Value.SessionKey!,
            ["timestamp"] = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture),
            ["nonce"] = (_next++).ToString(CultureInfo.InvariantCulture),
        };
        var sign = Signature.Scheme.Sign(SignatureMethod.Md5, Signature.Scheme.BaseString(call, "sign", withEmpty: false),
            _services.GetRequiredService<SessionSecrets>().Of(_session.Value.SessionKey!));
        return Form([.. call.Select(field => (field.Key, field.Value)), ("sign", sign)]);
    }

    /// <summary>The back office asks for one person after another, each time with another nonce.</summary>
    private string IdentityQuery()
    {
        Dictionary<string, string> call = new()
        {
            ["appid"] = AppId.ToString(CultureInfo.InvariantCulture),
            ["datetime"] = _services.GetRequiredService<TimeProvider>().GetUtcNow().ToOffset(TimeSpan.FromHours(8))
                .ToString("yyyyMMddHHmmss", CultureInfo.InvariantCulture),
            ["nonce"] = _next.ToString(CultureInfo.InvariantCulture),
            ["openid"] = NextOpenId(),
        };
        var signature = GatewaySignature.Scheme.Sign(
            SignatureMethod.Md5, GatewaySignature.Scheme.BaseString(call, GatewaySignature.Name), Secret);
        return Form([.. call.Select(field => (field.Key, field.Value)), (GatewaySignature.Name, signature)]);
    }

    /// <summary>Right in every way but the seal.</summary>
    private static string Forge(string token)
    {
        var bytes = Convert.FromBase64String(token);
        bytes[^1] ^= 1;
        return Convert.ToBase64String(bytes);
    }

    private static string Request(string code) => Form(
        ("grant_type", "authorization_code"), ("client_id", AppId.ToString()), ("client_secret", Secret), ("code", code));

    private static string Refresh(string token) => Form(
        ("grant_type", "refresh_token"), ("client_id", AppId.ToString()), ("client_secret", Secret), ("refresh_token", token));

    private static string Form(params ReadOnlySpan<(string Name, string Value)> fields)
    {
        var form = new System.Text.StringBuilder();
        foreach (var (name, value) in fields)
            form.Append(form.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));

        return form.ToString();
    }
}
