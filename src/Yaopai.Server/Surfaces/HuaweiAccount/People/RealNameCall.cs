using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>What both calls for a real name have in common: the token, the app's right, the record.</summary>
internal sealed class RealNameCall(Call call, RealNameCall.Services services, string text, Credential? token)
{
    /// <summary>Approved for an app like a scope, but no part of any token.</summary>
    public const string Approval = "realName";

    /// <summary>What the operations work with.</summary>
    internal sealed record Services(
        IAppClock Clock, CredentialReader Reader, RealNameDirectory RealNames, PersonalDataUsage Usage);

    public static async ValueTask<RealNameCall> ReadAsync(Call call, Services services)
    {
        var text = call.Parameters["access_token"];
        return new(call, services, text, (await services.Reader.OpenAsync(text, call.Ct)).Credential);
    }

    public string this[string parameter] => call.Parameters[parameter];

    public string Text => text;

    public Credential? Token => token;

    public CancellationToken Ct => call.Ct;

    public App App => call.App ?? throw new FailureException(Failure.DataUnreadable, "The app of the token is gone.");

    public bool IsProven => token is not null && !token.IsExpiredAt(services.Clock.NowFor(token.AppId));

    public bool IsOfPerson => token!.Kind is CredentialKind.AccessToken;

    public bool IsApproved => App.ApprovedScopes.Contains(Approval);

    public StoredRealName? Stored { get; private set; }

    /// <summary>One code for everything that is wrong with a token: malformed, unknown, expired, revoked.</summary>
    public async ValueTask<bool> HoldsAsync() =>
        token is { Kind: CredentialKind.AccessToken or CredentialKind.AppToken } && IsProven && await services.Reader.HoldsAsync(token, call.Ct);

    public async ValueTask<bool> LoadAsync() => (Stored = await services.RealNames.FindAsync(token!.AccountId, call.Ct)) is not null;

    public async ValueTask<RealName> OpenAsync() => await services.RealNames.OpenAsync(Stored!, call.Ct)
        ?? throw new FailureException(Failure.DataUnreadable, "A real name does not open.");

    public Task WriteDownAsync(string what) => services.Usage.AddAsync(token!.AccountId, token.AppId, what, call.Ct);

    public Task<bool> TryWriteDownOnceAsync(string what) => services.Usage.TryAddOnceAsync(token!.AccountId, token.AppId, what, text, call.Ct);
}
