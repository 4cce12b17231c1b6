using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Sandbox;

/// <summary>Gives an app a service account at once, with a key pair made here or elsewhere.</summary>
internal sealed class SandboxServiceAccounts(IAppStore apps, AppDirectory directory)
{
    /// <summary>As the platform's key files have it. The private key is in this answer and nowhere else.</summary>
    internal sealed record KeyFile(string ProjectId, string KeyId, string? PrivateKey, string SubAccount);

    internal sealed record Request(long ClientId, string? PublicKey);

    public async Task<(KeyFile? KeyFile, Problem? Problem)> AddAsync(Request request, CancellationToken ct)
    {
        if (await apps.FindAsync(request.ClientId, ct) is not { } app)
            return (null, Problem.NotFound($"client_id: there is no app {request.ClientId}. GET /sandbox lists the demo apps."));

        if (app.ServiceAccounts.Count >= ServiceAccount.MostOfAnApp)
            return (null, Problem.Invalid(
                $"client_id: the app has {ServiceAccount.MostOfAnApp} service accounts, which is all it may have."));

        if (!TryMake(request.PublicKey, out var account, out var privateKey))
            return (null, Problem.Invalid(
                $"public_key: an RSA public key of {ServiceAccountKeys.LeastBits} to {ServiceAccountKeys.MostBits} bits in PEM, "
                + "or nothing to have a pair made."));

        await apps.TryChangeAsync(app with { ServiceAccounts = [.. app.ServiceAccounts, account!] }, ct);
        directory.OnChanged(new Change(ChangeKind.App, app.Id)); // here at once, elsewhere within a second
        return (new KeyFile($"{app.ProjectId}", account!.KeyId, privateKey, account.ClientId), null);
    }

    private static bool TryMake(string? publicKey, out ServiceAccount? account, out string? privateKey)
    {
        privateKey = null;
        if (publicKey is not null)
            return ServiceAccountKeys.TryRead(publicKey, out account, out _);

        (account, privateKey) = ServiceAccountKeys.Make();
        return true;
    }
}
