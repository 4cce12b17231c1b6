using Yaopai.Server.DataStore;
using Yaopai.Server.Gateway;
using Yaopai.Server.Surfaces.OpenApi.Calls;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>What a method did, and what it answers when that is done.</summary>
internal readonly record struct DataResult(DataOutcome Outcome, Answer Answer);

/// <summary>A call of a method of the data store: its arguments, and what came of it.</summary>
internal sealed class DataRequest(Call call, ApiCaller caller, DataMethod method) : ApiRequest(call, caller)
{
    private readonly Dictionary<Argument, object?> _arguments = [];
    private DataResult _result;

    /// <summary>The app whose data it is.</summary>
    public long Owner => App!.Id;

    /// <summary>The person whose preferences they are.</summary>
    public long Person => UserId!.Value;

    public CancellationToken Ct => Call.Ct;

    public DataOutcome Outcome => _result.Outcome;

    public Answer Answer => _result.Answer;

    public T Get<T>(Argument<T> argument) => (T)_arguments[argument]!;

    public bool ReadsArguments()
    {
        foreach (var argument in method.Arguments)
        {
            if (!argument.TryRead(Call.Parameters, out var value))
                return false;

            _arguments[argument] = value;
        }

        return true;
    }

    public async ValueTask<DataOutcome> RunAsync() => (_result = await method.RunAsync(this)).Outcome;
}
