using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;
using G = Yaopai.Errors.WeLinkErrors.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>PUT or POST to the <c>upload_url</c> that was given out: the bytes that were announced, as they are. The address is the
/// proof, so it needs no token; it works until the file is there.</summary>
internal sealed record SendFile(KnowledgeKit Kit) : IOperationDefinition
{
    public const string Path = "/api/clouddrive/v1/files/upload";

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x.IsReadable),
        new(G.CallsThrottled,     x => x.File is not null || x.TryTakeAddress(), why: _ => "the address calls too often and proves no app"),
        new(G.AccessTokenInvalid, x => x.File is not null,  why: _ => "the address is not one that was given out, or its time is over"),
        new(G.AccessForbidden,    x => x.IsOfEnabledApp),
        new(G.AccessForbidden,    x => x.IsOfAllowedAddress),
        new(G.CallsThrottled,     x => x.TryTakeQuota()),
        new(E.ParameterMalformed, x => x.FitsLength,        why: _ => "the size is not what was announced"),
        new(E.OperationFailed,    x => x.ReceiveAsync(),    why: x => $"the file: {x.Uploaded.Outcome}"),
    ];

    private static readonly ErrorDefinition[] s_rows =
        [.. Rules.Select(rule => rule.Error).Concat([E.Internal, G.AddressUnknown, G.Ok]).Distinct()];

    public IOperation Define() => new Operation<Request>("welink", "SendFile", s_rows)
    {
        Methods = ["PUT", "POST"],
        Source = ParameterSource.None,
        AdmitsByRules = true,
        Read = async call =>
        {
            var request = new Request(call, Kit, await call.ReadAsync(ParameterSource.Query) is null);
            await request.LoadAsync();
            return request;
        },
        Client = x => x.File?.AppId,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(WeLinkDialect.Ok(x.File!, static (json, file) =>
        {
            json.WriteStartObject("data");
            json.WriteString("file_sn", file.Id);
            json.WriteString("fileId", file.Id);
            json.WriteEndObject();
        }))),
        Failures = WeLinkFailures.With(s_rows, E.ParameterMalformed, E.Internal),
    };

    internal sealed class Request(Call call, KnowledgeKit kit, bool isReadable)
    {
        public bool IsReadable => isReadable;

        /// <summary>What was announced; null where the address was not given out.</summary>
        public Attachment? File { get; private set; }

        public UploadAnswer Uploaded { get; private set; } = UploadOutcome.Unknown;

        public bool IsOfEnabledApp => call.App is { IsEnabled: true };

        public bool FitsLength => call.Http.Request.ContentLength is not { } length || length == File!.Announced!.Size;

        public bool IsOfAllowedAddress => call.App!.Allows(call.Peer);

        private long TenantId => TenantIds.Parse(call.Parameters["tenant"]) ?? 0;

        public bool TryTakeQuota() => kit.Calls.Quotas.TryTake(call.App!, "welink.sendFile");

        /// <summary>Whoever guesses keys proves no app, and is counted all the same.</summary>
        public bool TryTakeAddress() => kit.Calls.Quotas.TryTake(call.Peer, "welink.sendFile", kit.Quota.Value.AddressPerMinute);

        public async ValueTask LoadAsync()
        {
            var announced = await kit.Attachments.FindAnnouncedAsync(
                TenantId, call.Parameters["file_sn"], call.Parameters["key"], call.NowFor, call.Ct);
            if (announced is not null && await kit.Calls.Tenants.FindAsync(TenantId, call.Ct) is { IsEnabled: true }
                && await kit.Calls.Tenants.FindSubscriptionAsync(TenantId, announced.AppId, call.Ct) is not null)
            {
                File = announced;
            }
        }

        public async ValueTask<bool> ReceiveAsync()
        {
            var announced = File!.Announced!;
            using var patience = kit.NewPatience();
            using var both = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, call.Http.RequestAborted);
            try
            {
                Uploaded = await kit.Attachments.ReplaceAsync(
                    TenantId, File.AppId, File.Id, File.Name, call.Http.Request.Body, new Expected(announced.Size, announced.Md5),
                    both.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw new FailureException(Failure.DeadlinePassed, "The file took too long to come.");
            }
            catch (IOException)
            {
                return false; // its sender is gone
            }

            return Uploaded.Outcome is UploadOutcome.Done;
        }
    }
}
