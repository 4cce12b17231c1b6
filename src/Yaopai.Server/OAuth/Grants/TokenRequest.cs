using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.OAuth.Grants;

/// <summary>What grants work with.</summary>
internal sealed record GrantKit(
    Quotas Quotas, CredentialReader Reader, CredentialIssuer Issuer, IGrantStore Grants, CodeUse Codes, RefreshTokenUse RefreshTokens,
    DeviceAuthorizations Devices, TicketUse Tickets);

/// <summary>A request for tokens: who asks, and what every grant has in common.</summary>
internal abstract class TokenRequest(Call call, GrantKit kit, SurfaceProfile profile)
{
    private ClientProof? _client;

    public virtual string this[string parameter] => call.Parameters[parameter];

    public Call Call => call;

    /// <summary>Null when the request names none, or one that is not there.</summary>
    public App? App => call.App;

    public DateTimeOffset Now => call.NowFor(App!.Id);

    /// <summary>A client that can keep no secret.</summary>
    public bool IsPublicClient => App is { IsPublic: true };

    /// <summary>How the app says who it is.</summary>
    public ClientProof Client => _client ??= ClientProof.Of(call, profile.TakesBasic);

    /// <summary>What the app shows as its secret.</summary>
    public virtual string Secret => Client.Secret;

    public bool SecretMatches => ClientSecret.Matches(App!, Secret) || Client.Matches(App!);

    protected GrantKit Kit => kit;

    protected SurfaceProfile Profile => profile;

    protected CredentialProfile Credentials => profile.Credentials;

    /// <summary>A call of the app's own quota, for one that has proved to be the app.</summary>
    public bool IsWithinQuota() => kit.Quotas.TryTake(App!, profile.Slug + ".token");

    public Reason WhySecretIsWrong() => new(App!.SecretHashes.Count switch
    {
        0 => $"app {App.Id} is public and has no secret",
        1 => $"the secret of app {App.Id} is another one; {Secret.Length} characters came",
        var count => $"none of the {count} live secrets of app {App.Id} is this one; {Secret.Length} characters came",
    });

    protected IssuedOn IssuedOn(DateTimeOffset validSince) => new(validSince, Now);

    /// <summary>Reads something that the app was given, in the parameter that holds it. False when it is none of this kind.</summary>
    protected async ValueTask<Credential?> ReadAsync(string parameter, CredentialKind kind) =>
        (await kit.Reader.ReadAsync(Credentials, this[parameter], call.Ct)).Credential is { } credential && credential.Kind == kind
            ? credential
            : null;
}
