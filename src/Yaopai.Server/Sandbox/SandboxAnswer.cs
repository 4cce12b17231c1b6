using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>What the sandbox has to say: something to show as JSON, or what is wrong with the request.</summary>
internal readonly record struct SandboxAnswer(object? Value, Problem? Problem = null, int Status = StatusCodes.Status200OK)
{
    public static SandboxAnswer Of(object value) => new(value);

    public static SandboxAnswer Created(object value) => new(value, Status: StatusCodes.Status201Created);

    /// <summary>Done, with nothing to show.</summary>
    public static SandboxAnswer Done { get; } = new(null, Status: StatusCodes.Status204NoContent);

    /// <summary>What came of it, or why it could not be.</summary>
    /// <param name="shape">How it is shown, where it is not shown as it is.</param>
    public static SandboxAnswer From<T>((T? Done, Problem? Problem) outcome, Func<T, object>? shape = null) where T : class =>
        outcome.Problem is { } problem ? problem : Of(shape?.Invoke(outcome.Done!) ?? outcome.Done!);

    public static implicit operator SandboxAnswer(Problem problem) => new(null, problem);

    public async Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.CacheControl = "no-store";
        if (Problem is not null)
        {
            await Problem.WriteAsync(http.Response);
            return;
        }

        if (Value is not null && PlainAnswer.AskedFor(http.Request) is { } name)
        {
            await WritePlainAsync(http.Response, PlainAnswer.Of(Value, name));
            return;
        }

        http.Response.StatusCode = Status;
        if (Value is not null)
            await http.Response.WriteAsJsonAsync(Value, SandboxJson.Options);
    }

    private async Task WritePlainAsync(HttpResponse response, (string? Text, Problem? Problem) plain)
    {
        if (plain.Problem is { } problem)
        {
            await problem.WriteAsync(response);
            return;
        }

        response.StatusCode = Status;
        response.ContentType = "text/plain; charset=utf-8";
        await response.WriteAsync(plain.Text!);
    }
}
