using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;
using G = Yaopai.Errors.WeLinkErrors.Gateway;
using R = Yaopai.Errors.WeLinkErrors.Registration;

namespace Yaopai.Server.Surfaces.WeLink.Auth;

/// <summary>POST /api/oauth2/v1/register — registers an app, where the installation lets apps register themselves.</summary>
internal sealed record RegisterApp(
    IRegistrationStore Store, ITenantStore Tenants, Quotas Quotas, IOptions<RegistrationOptions> Options, IOptions<QuotaOptions> Limits,
    IHostEnvironment Environment)
    : IOperationDefinition
{
    private const int LongestName = 64;
    private const int LongestAddress = 2048;

    internal static readonly Rule<Request>[] Rules =
    [
        new(R.ParameterMalformed,   x => x.IsReadable,  why: x => x.Call.WhyUnreadable()),
        new(G.AccessForbidden,      x => x.LoadTenantAsync(), why: _ =>
            $"{RegistrationOptions.SectionName}:Developer and :Tenant are not set, or name no organisation: no app may register itself"),
        new(G.CallsThrottled,       x => x.TryTakeQuota()),
        new(R.ParameterMissing,     x => x.Name is not "" && x["homePageUrl"] is not "" && x["redirectUrl"] is not ""),
        new(R.ParameterMalformed,   x => x.Name.Length <= LongestName && !x.Name.Any(char.IsControl),
            why: x => $"appName has {x.Name.Length} characters of at most {LongestName}, or control characters"),
        new(R.HomePageUrlMalformed, x => IsAddress(x["homePageUrl"])),
        // a query would be lost: the platform adds one of its own
        new(R.RedirectUrlMalformed, x => IsAddress(x["redirectUrl"]) && !x["redirectUrl"].Contains('?') && x.MayHaveCodesSent,
            why: _ => "an absolute address without a query: https, or http on loopback and in Development"),
        new(R.AppNameTaken,         x => x.IsFreeAsync()),
        new(R.AppNameTaken,         x => x.TryRegisterAsync()),
    ];

    private static readonly ErrorDefinition[] s_rows =
        [.. R.All, G.AccessForbidden, G.CallsThrottled, G.AddressUnknown, WeLinkErrors.OAuth.Ok];

    public IOperation Define() => new Operation<Request>("welink", "RegisterApp", s_rows)
    {
        Source = ParameterSource.None, // read below: the rules say what of it comes first
        AdmitsByRules = true,
        Read = async call => new Request(call, this, await call.ReadAsync(ParameterSource.Json)),
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(x.Answer())),
        Failures = WeLinkFailures.With(s_rows, R.ParameterMalformed, R.Internal, R.ClientCreationFailed),
    };

    private static bool IsAddress(string text) =>
        text.Length <= LongestAddress && RedirectUri.IsWellFormed(text) && new Uri(text) is { Scheme: "https" or "http", Host: not "" };

    internal sealed class Request(Call call, RegisterApp operation, Failure? trouble)
    {
        private readonly string _secret = ClientSecret.New();
        private readonly long _id = Randomness.GetInt32(100_000_000, 1_000_000_000);

        public string this[string name] => call.Body.Scalar(name);

        public Call Call => call;

        public string Name => this["appName"].Trim();

        public bool IsReadable => trouble is null;

        /// <summary>The organisation in which the app will be at home.</summary>
        public Tenant Tenant { get; private set; } = null!;

        /// <summary>Whether nobody listens in on the way to the app.</summary>
        public bool MayHaveCodesSent => new Uri(this["redirectUrl"]) is var uri
            && (uri.Scheme is "https" || RedirectUri.IsLoopback(uri) || operation.Environment.IsDevelopment());

        private RegistrationOptions Settings => operation.Options.Value;

        public async ValueTask<bool> LoadTenantAsync() =>
            Settings is { Developer: not null, Tenant: { } domain }
            && (Tenant = (await operation.Tenants.FindByDomainAsync(domain, call.Ct))!) is { IsEnabled: true };

        public bool TryTakeQuota() =>
            operation.Quotas.TryTake(call.Peer, "welink.registerApp", operation.Limits.Value.AddressPerMinute);

        public async ValueTask<bool> IsFreeAsync() => !await operation.Store.IsTakenAsync(Tenant.Id, Name, call.Ct);

        public async ValueTask<bool> TryRegisterAsync()
        {
            var developer = Settings.Developer!.Value;
            var app = new App
            {
                Id = _id,
                DeveloperId = developer,
                ProjectId = developer * 1_000,
                Name = Name,
                SecretHashes = [ClientSecret.Hash(_secret)],
                RedirectUris = [this["redirectUrl"]],
                CreatedAt = call.Now,
            };
            return await operation.Store.TryRegisterAsync(app, new AppTenancy(_id, Tenant.Id, IsIsv: false), call.Now, call.Ct);
        }

        public Answer Answer() => WeLinkDialect.Ok((_id, _secret), static (json, it) =>
        {
            json.WriteString("client_id", $"{it._id}");
            json.WriteString("client_secret", it._secret);
        }, WeLinkErrors.OAuth.Ok, "success");
    }
}
