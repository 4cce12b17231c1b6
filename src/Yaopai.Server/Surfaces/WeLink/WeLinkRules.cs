using Yaopai.Errors;
using Yaopai.Server.Gateway;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Server.Surfaces.WeLink;

/// <summary>The rules of every call with a token, in the order that the contract fixes (decision 14).</summary>
internal static class WeLinkRules
{
    public static Rule<T>[] Of<T>(Module module) where T : WeLinkRequest =>
    [
        new(module.Unreadable,     x => x.IsReadable,                 why: x => x.Call.WhyUnreadable()),
        new(module.TokenMissing,   x => x.Token.IsAccessToken,        why: x => x.Token.WhyInvalid()),
        new(module.TokenRevoked,   x => x.Token.IsNotRevokedAsync(),  why: x => x.Token.WhyInvalid()),
        new(module.TokenExpired,   x => !x.Token.IsExpired,           why: x => x.Token.WhyInvalid()),
        new(G.AccessForbidden,     x => x.IsOfEnabledApp,             why: x => $"app {x.Granted.AppId} is disabled"),
        new(G.AccessForbidden,     x => x.IsOfAllowedAddress,         why: x => x.WhyNotOfAllowedAddress()),
        new(G.AccessUnauthorized,  x => x.LoadTenantAsync(),
            why: x => $"tenant {TenantIds.Write(x.TenantId)} is closed, or has app {x.App.Id} no longer"),
        new(G.AccessUnauthorized,  x => x.NamesNoOtherTenant,         why: x => $"the token is of tenant {TenantIds.Write(x.TenantId)}"),
        new(G.CallsThrottled,      x => x.TryTakeQuota(),             why: x => $"app {x.App.Id} calls too often"),
        new(module.Forbidden,      x => x.IsGranted,
            why: x => $"{module.Scope} was not open to app {x.App.Id} when the token was made"),
        .. module.Unlicensed is not { } unlicensed ? [] : new Rule<T>[]
        {
            new(unlicensed,        x => x.IsLicensed,
                why: x => $"the organisation is licensed from {x.Tenant.LicensedFrom:O} to {x.Tenant.LicensedUntil:O}"),
        },
        new(module.UserGone,       x => x.LoadUserAsync(),
            why: x => $"account {x.Granted.AccountId} is no member of tenant {TenantIds.Write(x.TenantId)}"),
        new(module.UserClosed,     x => x.Token.IsOfApp || !x.User.IsClosed, why: x => $"{x.User.UserId} is closed"),
    ];

    /// <summary>An operation with a token: behind the rules of all calls and its own.</summary>
    /// <param name="source">POST sends JSON; what is read or deleted is named in the query; PUT has either.</param>
    /// <param name="more">Rows that neither the rules nor the module name.</param>
    public static Operation<T> Operation<T>(
        WeLinkKit kit, Module module, string name, string method, ParameterSource source, Func<Incoming, T> read, Rule<T>[] rules,
        Func<T, ValueTask<Answer>> answer, params ErrorDefinition[] more) where T : WeLinkRequest =>
        Operation(kit, module, name, method, source, read, rules, answer, refuse: null, more);

    /// <param name="refuse">How a broken rule is said, where its error does not say it alone.</param>
    public static Operation<T> Operation<T>(
        WeLinkKit kit, Module module, string name, string method, ParameterSource source, Func<Incoming, T> read, Rule<T>[] rules,
        Func<T, ValueTask<Answer>> answer, Func<T, Refusal, Answer>? refuse, params ErrorDefinition[] more) where T : WeLinkRequest
    {
        var target = $"welink.{char.ToLowerInvariant(name[0])}{name[1..]}";
        Rule<T>[] all = [.. Of<T>(module), .. rules];
        ErrorDefinition[] rows =
        [
            .. all.Select(rule => rule.Error)
                .Concat([module.Internal, module.Storage ?? module.Internal, G.AddressUnknown, G.Ok, .. more]).Distinct(),
        ];
        return new Operation<T>("welink", name, rows)
        {
            Methods = [method],
            Source = ParameterSource.None, // read below: the rules say what of it comes first
            AdmitsByRules = true,
            Read = async call => read(await kit.ReadAsync(call, module, target, source)),
            Client = x => x.Token.AppId,
            Rules = RuleLists.One(all, answer, refuse),
            Failures = WeLinkFailures.With(rows, module.Unreadable, module.Internal, module.Storage),
        };
    }
}
