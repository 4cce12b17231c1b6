using Yaopai.Server.DataStore;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>A method of the data store: what it wants to be told, and what it does.</summary>
internal sealed record DataMethod(string Name, Audience Audience, Argument[] Arguments, Func<DataRequest, Task<DataResult>> RunAsync)
{
    /// <summary>What the data store says, in the platform's numbers.
    /// It says one thing, so their order is only that of the numbers.</summary>
    internal static readonly Rule<DataRequest>[] Rules =
    [
        new(E.ParameterMalformed,        x => x.ReadsArguments()),
        new(E.ParameterMalformed,        async x => await x.RunAsync() is not DataOutcome.InvalidArgument),
        new(E.ParameterMalformed,        x => x.Outcome is not DataOutcome.TooMuch),
        new(E.DataStoreOperationInvalid, x => x.Outcome is not DataOutcome.InvalidOperation),
        new(E.DataStoreQuotaExceeded,    x => x.Outcome is not DataOutcome.QuotaExceeded),
        new(E.ObjectUnknown,             x => x.Outcome is not DataOutcome.NotFound),
        new(E.ObjectAlreadyExists,       x => x.Outcome is not DataOutcome.AlreadyExists),
    ];

    /// <summary>Methods that read are called get…</summary>
    public bool Writes => !Name.StartsWith("get", StringComparison.Ordinal);

    /// <summary>Below the prefix of all methods.</summary>
    public string Path => $"data/{Name}";

    /// <summary>Of the old dispatcher.</summary>
    public string OldName => $"baidu.data.{Name}";

    public IOperation Operation(ApiAdmission admission) => admission.Operation(
        new ApiMethod($"Data.{Name}", Audience)
        {
            Writes = Writes,
            Parameters = [.. Arguments.Select(argument => argument.Name)],
            Documented = OpenApiFailures.DataStoreRows,
            Failures = OpenApiFailures.OfDataStore,
        }, Rules, (call, caller) => new DataRequest(call, caller, this), x => ValueTask.FromResult(x.Answer));
}
