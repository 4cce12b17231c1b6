using Yaopai.Errors;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>Reads a fault as it is written down: what, where, for how long and for whom.</summary>
internal static class FaultReader
{
    private static readonly (string Name, FaultKind Kind)[] s_names =
    [
        ("storage-down",     FaultKind.StorageDown),
        ("storage-slow",     FaultKind.StorageSlow),
        ("storage-error",    FaultKind.StorageError),
        ("storage-conflict", FaultKind.StorageConflict),
        ("key-lost",         FaultKind.KeyLost),
        ("upstream-down",    FaultKind.UpstreamDown),
        ("upstream-slow",    FaultKind.UpstreamSlow),
        ("exception",        FaultKind.Exception),
        ("delay",            FaultKind.Delay),
    ];

    public static string NameOf(FaultKind kind) => s_names.Single(row => row.Kind == kind).Name;

    public static (Func<int, Fault>? Make, Problem? Problem) Read(
        FaultRequest request, IReadOnlyList<ISurface> surfaces, DateTimeOffset now)
    {
        if (Wrong(request, surfaces, out var kind, out var delay) is { } wrong)
            return (null, Problem.Invalid(wrong));

        var until = request.Seconds is { } seconds ? now.AddSeconds(seconds) : (DateTimeOffset?)null;
        return (id => new Fault(
            id, request.Target!, kind, request.Error, delay, request.Times, request.Probability, request.Seed, until,
            request.ClientId), null);
    }

    /// <summary>An operation can be made to answer what its document lists, and nothing else.</summary>
    private static string? WrongError(string error, string target, IReadOnlyList<ISurface> surfaces)
    {
        ErrorDefinition[] documented =
        [
            .. surfaces.SelectMany(surface => surface.Operations)
                .Where(operation => target is "*" || $"{operation.Target}.".StartsWith($"{target}.", StringComparison.Ordinal))
                .SelectMany(operation => operation.Documented)
                .Where(one => one.Name is not "Ok"),
        ];
        if (ErrorCatalogue.FindIn(documented, error).Count > 0)
            return null;

        var numbers = documented.Select(one => one.Channel is "http" ? $"http/{one.Code}" : one.Number).Distinct();
        var whose = target is "*" ? "any operation" : target;
        return $"error: \"{error}\" is not documented for {whose}."
            + (Spelling.Nearest(error, numbers) is { } nearest ? $" The nearest is \"{nearest}\"." : "")
            + $" GET /errors{(target is "*" ? "" : $"?surface={target.Split('.')[0]}")} lists what is.";
    }

    private static string? Wrong(
        FaultRequest request, IReadOnlyList<ISurface> surfaces, out FaultKind kind, out TimeSpan delay)
    {
        kind = FaultKind.Error;
        delay = TimeSpan.FromSeconds(1);

        string[] targets = ["*", .. surfaces.Select(surface => surface.Slug),
            .. surfaces.SelectMany(surface => surface.Operations).Select(operation => operation.Target)];
        if (!targets.Contains(request.Target))
            return $"target: one of {string.Join(", ", targets)}.";

        if (request.Error is null == request.Fault is null)
            return "Either \"error\", the number of a documented error, or \"fault\", "
                + $"one of {string.Join(", ", s_names.Select(row => row.Name))}.";

        if (request.Error is { } error && WrongError(error, request.Target!, surfaces) is { } undocumented)
            return undocumented;

        if (request.Fault is { } fault)
        {
            var known = s_names.FirstOrDefault(row => row.Name == fault);
            if (known.Name is null)
                return $"fault: one of {string.Join(", ", s_names.Select(row => row.Name))}.";

            kind = known.Kind;
        }

        if (request.Delay is { } text
            && (!Iso8601Duration.TryRead(text, out delay) || delay < TimeSpan.Zero || delay > TimeSpan.FromMinutes(10)))
            return "delay: an ISO 8601 duration up to ten minutes, such as PT0.5S.";

        return request switch
        {
            { Times: <= 0 } => "times: 1 or more.",
            { Probability: not (null or (> 0 and <= 1)) } => "probability: above 0, up to 1.",
            { Seconds: not (null or (> 0 and <= 86_400)) } => "seconds: above 0, up to a day.",
            _ => null,
        };
    }
}
