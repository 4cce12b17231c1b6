using Yaopai.Server.Accounts;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox.Endpoints;

/// <summary>Codes and tokens without a browser, and what takes them back.</summary>
internal sealed class TokenEndpoints(
    IEnumerable<ISandboxCodes> surfaces, SandboxDevice device, SandboxServiceAccounts serviceAccounts, ISignatureExplanation signatures,
    IAccountStore accounts, Withdrawal withdrawal) : ISandboxEndpoints
{
    internal sealed record WithdrawRequest(long ClientId, string? User);

    public void Map(SandboxRoutes routes)
    {
        routes.Post<SandboxCodeRequest>("/sandbox/authorize", (http, request) => AuthorizeAsync(request, http.RequestAborted));
        routes.Post<SandboxTokensRequest>("/sandbox/tokens", (http, request) => IssueAsync(request, http.RequestAborted));
        routes.Post<SandboxDevice.Request>("/sandbox/device", async (http, request) =>
            SandboxAnswer.From(await device.HandleAsync(request, http.RequestAborted)));
        routes.Post<WithdrawRequest>("/sandbox/withdraw", (http, request) => WithdrawAsync(request, http.RequestAborted));
        routes.Post<SandboxServiceAccounts.Request>("/sandbox/service-accounts", async (http, request) =>
            SandboxAnswer.From(await serviceAccounts.AddAsync(request, http.RequestAborted)) with
            {
                Status = StatusCodes.Status201Created,
            });
        routes.Post<SignatureQuestion>("/sandbox/signature", async (http, question) =>
            SandboxAnswer.From(await signatures.ExplainAsync(question, http.RequestAborted)));
    }

    private async Task<SandboxAnswer> AuthorizeAsync(SandboxCodeRequest request, CancellationToken ct)
    {
        if (CodesOf(request.Surface) is not { } codes)
            return SurfaceUnknown("code is");

        return SandboxAnswer.From(
            await codes.IssueCodeAsync(request, ct), code => new { code = code.Value, redirect_to = code.RedirectTo });
    }

    private async Task<SandboxAnswer> IssueAsync(SandboxTokensRequest request, CancellationToken ct)
    {
        if (CodesOf(request.Surface) is not { } codes)
            return SurfaceUnknown("tokens are");

        return SandboxAnswer.From(await codes.IssueTokensAsync(request, ct));
    }

    /// <summary>What the person would do on the page of granted apps.</summary>
    private async Task<SandboxAnswer> WithdrawAsync(WithdrawRequest request, CancellationToken ct)
    {
        if (request.ClientId <= 0)
            return Problem.Invalid("client_id: the app that the person takes it back from. GET /sandbox lists the demo apps.");

        return await accounts.FindByNameAsync(request.User ?? "", ct) is { } account
            ? SandboxAnswer.Of(new { withdrawn = await withdrawal.TryWithdrawAsync(account.Id, request.ClientId, ct) })
            : Problem.NotFound($"user: there is nobody called \"{request.User}\".");
    }

    private ISandboxCodes? CodesOf(string? surface) => surfaces.FirstOrDefault(codes => codes.Slug == surface);

    private Problem SurfaceUnknown(string what) => Problem.Invalid(
        $"surface: say which one the {what} for; there are {string.Join(" and ", surfaces.Select(codes => $"\"{codes.Slug}\""))}.");
}
