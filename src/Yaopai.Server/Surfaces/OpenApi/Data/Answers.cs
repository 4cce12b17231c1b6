using Yaopai.Server.DataStore;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>How the data store answers: one value as <c>result</c>, all scalars as texts.
/// Names of an app's own choice stand below names of ours only.</summary>
internal static class Answers
{
    /// <summary>Of a method that does something and has nothing to tell.</summary>
    public static async Task<DataResult> DoAsync(Task<DataOutcome> doing) => await doing switch
    {
        DataOutcome.Done => new DataResult(DataOutcome.Done, OpenApiDialect.Result(holds: true)),
        var refused => new DataResult(refused, default),
    };

    public static async Task<DataResult> TellAsync<T>(Task<DataAnswer<T>> asking, Func<T, Answer> tell)
    {
        var answer = await asking;
        return new DataResult(answer.Outcome, answer.IsDone ? tell(answer.Value!) : default);
    }

    /// <summary>Null where there is no value.</summary>
    public static Answer Value(DataValue? value) => Text(value?.ToString());

    public static Answer Number(long number) => Text(number.ToString());

    public static Answer Text(string? text) => OpenApiDialect.Ok(text, static (json, it) => json.WriteString("result", it));

    /// <summary>By numbers, which cannot be taken for the name of anything else.</summary>
    public static Answer ByNumber<TNumber, TText>(IReadOnlyDictionary<TNumber, TText> texts) =>
        OpenApiDialect.Ok(texts, static (json, them) =>
        {
            foreach (var (number, text) in them)
                json.WriteString(number!.ToString()!, text!.ToString());
        });

    public static Answer One<T>(T one, Action<DocumentWriter, T> write) => OpenApiDialect.Ok(one, write);

    public static Answer Each<T>(IReadOnlyList<T> some, Action<DocumentWriter, T> write) =>
        OpenApiDialect.OkList((some, write), static (json, it) =>
        {
            foreach (var one in it.some)
            {
                json.WriteStartObject();
                it.write(json, one);
                json.WriteEndObject();
            }
        });
}
