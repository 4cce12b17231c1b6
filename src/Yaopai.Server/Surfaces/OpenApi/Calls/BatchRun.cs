using Microsoft.Extensions.Options;
using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Formats;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>POST /batch/run — several calls in one, for one caller; each has an answer of its own.</summary>
internal sealed record BatchRun(
    ApiAdmission Admission, Admission Gate, OpenApiDialect Dialect, Lazy<MethodTable> Methods, IOptions<OpenApiOptions> Options,
    ILogger<BatchRun> Logger) : IOperationDefinition
{
    public const string Path = "/batch/run";
    public const string Name = "baidu.batch.run";
    private const int MostItems = 20;

    /// <summary>Of all answers together. What comes when they have more is refused, unless it is small:
    /// what a write tells always is.</summary>
    private const int MostBytes = 4 * 1024 * 1024;

    private const int Small = 64 * 1024;

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x.Items is { Count: > 0 } && x["serial_only"] is "" or "0" or "1"),
    ];

    /// <summary>With a <c>client_id</c> alone too: then for methods that are open to it.</summary>
    private static readonly ApiMethod s_method = new(nameof(BatchRun), Audience.Anyone)
    {
        Methods = ["POST"],
        Parameters = ["serial_only", "method_feed"],
    };

    public IOperation Define() =>
        Admission.Operation(s_method, Rules, (call, caller) => new Request(call, caller, this), x => x.AnswerAsync());

    internal sealed class Request(Call call, ApiCaller caller, BatchRun operation) : ApiRequest(call, caller)
    {
        /// <summary>Who names an app has proved nothing yet, and each call asks for itself.</summary>
        private ApiCaller Authenticated =>
            Caller with { IsAuthenticated = Caller.Mode is not ApiMode.App || ApiAdmission.IsSigned(s_method, this) };

        private IReadOnlyList<BatchItem>? _items;
        private int _bytes;

        /// <summary>Null where there is no list of them.</summary>
        public IReadOnlyList<BatchItem>? Items => _items ??= IsNumbered
            ? BatchItem.ReadAll(this["method_feed"], item => BatchItem.Named(item, operation.Methods.Value.Named))
            : BatchItem.ReadAll(this["method"], item => BatchItem.AtPath(item, operation.Methods.Value.AtPath, IsHere));

        public override bool IsWithinCounts => Items is not { Count: > MostItems };

        public async ValueTask<Answer> AnswerAsync()
        {
            var answers = new List<(byte[] Written, bool IsList)>(Items!.Count);
            if (this["serial_only"] is "1")
            {
                foreach (var item in Items)
                    answers.Add(await AnswerAsync(item));
            }
            else
            {
                answers.AddRange(await Task.WhenAll(Items.Select(AnswerAsync)));
            }

            return OpenApiDialect.OkList(answers, static (json, them) =>
            {
                foreach (var (written, isList) in them)
                    json.WriteRawItem(written, isList);
            });
        }

        private bool IsHere(string domain) =>
            domain.Equals(Call.Http.Request.Host.Host, StringComparison.OrdinalIgnoreCase)
            || (Uri.TryCreate(Call.Address, UriKind.Absolute, out var here) && domain.Equals(here.Host, StringComparison.OrdinalIgnoreCase))
            || operation.Options.Value.Hosts.Contains(domain, StringComparer.OrdinalIgnoreCase);

        private async Task<(byte[] Written, bool IsList)> AnswerAsync(BatchItem item)
        {
            var answer = await RunAsync(item);
            if (answer.Document is not { } document)
                return Write(answer.Error!);

            var written = AnswerFormat.WriteItem(Call.Parameters, document);
            return Interlocked.Add(ref _bytes, written.Length) > MostBytes && written.Length > Small
                ? Write(E.ParameterMalformed)
                : (written, document.IsList);
        }

        private (byte[] Written, bool IsList) Write(ErrorDefinition error) =>
            (AnswerFormat.WriteItem(Call.Parameters, operation.Dialect.ApiError(error, Call.Http.TraceIdentifier)), IsList: false);

        /// <summary>What goes wrong around one item is that item's error alone.</summary>
        private async Task<Answer> RunAsync(BatchItem item)
        {
            if (item.Operation is not { } itsOperation)
                return Gateway.Answer.Refusal(item.Error!);

            try
            {
                return await itsOperation.HandleAsync(Call.Inside(item.Path, item.Parameters, Authenticated), operation.Gate);
            }
            catch (Exception exception)
            {
                var failure = FailureErrors.Of(exception, Call.Ct);
                operation.Logger.BatchItemFailed(
                    failure is Failure.Unexpected ? exception : null, failure, itsOperation.Target, Call.Http.TraceIdentifier);
                return Gateway.Answer.Refusal(itsOperation.Failures[failure]!);
            }
        }
    }
}
