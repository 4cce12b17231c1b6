using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>Hears of every refusal of every surface, and may ask for its reason.</summary>
internal interface IRefusalListener
{
    void OnRefused(in RefusedRequest request);
}

/// <summary>A request that was refused.</summary>
/// <param name="Target">The operation, as people point at it: <c>surface.token</c>;
/// the surface where no operation took the request.</param>
/// <param name="Why">The reason, with secrets masked; null where the error says it all. Computed when it is asked for.</param>
internal readonly record struct RefusedRequest(
    string Surface, string Target, ErrorDefinition Error, long? AppId, string RequestId, Func<Reason?>? Why);

/// <summary>A line of the log for each refusal: at Information in Development, where it answers "why", and at Debug elsewhere.</summary>
internal sealed class RefusalLog(IHostEnvironment environment, ILogger<RefusalLog> log) : IRefusalListener
{
    /// <summary>Of a reason, which may hold what the caller sent.</summary>
    private const int Longest = 2000;

    private readonly LogLevel _level = environment.IsDevelopment() ? LogLevel.Information : LogLevel.Debug;

    public void OnRefused(in RefusedRequest request)
    {
        if (log.IsEnabled(_level))
        {
            log.Refused(
                _level, request.Target, request.Error.Name, request.Error.Number, request.AppId?.ToString() ?? "unknown", request.RequestId,
                InOneLine(request.Why?.Invoke()?.Text ?? "the error says it"));
        }
    }

    /// <summary>Nobody writes lines of their own into the log, or colours its terminal, or fills it.</summary>
    private static string InOneLine(string why) => string.Create(Math.Min(why.Length, Longest), why, static (line, why) =>
    {
        for (var at = 0; at < line.Length; at++)
            line[at] = char.IsControl(why[at]) || why[at] is '\u2028' or '\u2029' ? ' ' : why[at];
        if (why.Length > line.Length)
            line[^1] = '…';
    });
}
