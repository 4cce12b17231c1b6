using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Surfaces.HuaweiAccount.People;

/// <summary>What both calls for a real name have in common: the token, the app's right, the record.</summary>
internal sealed class RealNameCall(Call call, RealNameCalls calls, BearerToken token)
{
    /// <summary>Approved for an app like a scope, but no part of any token.</summary>
    public const string Approval = "realName";

    public string this[string parameter] => call.Parameters[parameter];

    public BearerToken Token => token;

    public CancellationToken Ct => call.Ct;

    public DateTimeOffset Now => call.Now;

    public App App => token.App;

    public long AccountId => token.Credential!.AccountId;

    public bool IsApproved => App.ApprovedScopes.Contains(Approval);

    public StoredRealName? Stored { get; private set; }

    public async ValueTask<bool> LoadAsync() => (Stored = await calls.RealNames.FindAsync(AccountId, call.Ct)) is not null;

    public async ValueTask<RealName> OpenAsync() => await calls.RealNames.OpenAsync(Stored!, call.Ct)
        ?? throw new FailureException(Failure.DataUnreadable, "A real name does not open.");

    public Task WriteDownAsync(string what) => calls.Usage.AddAsync(AccountId, App.Id, what, call.Ct);

    public Task<bool> TryWriteDownOnceAsync(string what) =>
        calls.Usage.TryAddOnceAsync(AccountId, App.Id, what, token.Text, calls.Profile.Credentials.Lifetimes.AccessToken, call.Ct);
}

/// <summary>Reads calls for a real name.</summary>
internal sealed record RealNameCalls(
    CredentialReader Reader, HuaweiAccountProfile Profile, RealNameDirectory RealNames, PersonalDataUsage Usage)
{
    public async ValueTask<RealNameCall> ReadAsync(Call call) =>
        new(call, this, await BearerToken.ReadAsync(call, Reader, Profile, call.Parameters["access_token"]));
}
