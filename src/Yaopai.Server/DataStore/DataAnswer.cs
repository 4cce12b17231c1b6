namespace Yaopai.Server.DataStore;

/// <summary>An outcome and, when it is <see cref="DataOutcome.Done"/>, what was asked for.</summary>
internal readonly record struct DataAnswer<T>(DataOutcome Outcome, T? Value)
{
    public bool IsDone => Outcome is DataOutcome.Done;

    public static implicit operator DataAnswer<T>(DataOutcome refusal) => new(refusal, default);
}

internal static class DataAnswer
{
    public static DataAnswer<T> Done<T>(T? value) => new(DataOutcome.Done, value);
}
