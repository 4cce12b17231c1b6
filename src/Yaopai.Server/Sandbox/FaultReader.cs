using Yaopai.Errors;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Worlds;

namespace Yaopai.Server.Sandbox;

/// <summary>Reads a fault as it is written down: what, where, for how long and for whom.</summary>
internal static class FaultReader
{
    private static readonly TimeSpan s_longestDelay = TimeSpan.FromMinutes(10);

    /// <summary>As it could be asked for again, as far as it is not over.</summary>
    public static FaultRequest Write(Fault fault, DateTimeOffset now) => new(
        fault.Target, fault.Error, fault.Sort?.Name,
        fault.Sort?.TakesDelay is true ? Iso8601Duration.Write(fault.Delay) : null,
        fault.Times - fault.Struck, fault.Probability, fault.Seed,
        fault.Until is { } until ? (until - now).TotalSeconds : null, fault.ClientId, fault.World?.Id);

    public static (Func<int, Fault>? Make, Problem? Problem) Read(
        FaultRequest request, IReadOnlyList<ISurface> surfaces, World? world, DateTimeOffset now)
    {
        if (Wrong(request, surfaces, out var kind, out var delay) is { } wrong)
            return (null, Problem.Invalid(wrong));

        var until = request.Seconds is { } seconds ? now.AddSeconds(seconds) : (DateTimeOffset?)null;
        return (id => new Fault(
            id, request.Target ?? Fault.Everywhere, kind, request.Error, delay, request.Times, request.Probability, request.Seed, until,
            request.ClientId, world), null);
    }

    /// <summary>An operation can be made to answer what its document lists, and nothing else.</summary>
    private static string? WrongError(string error, string target, IReadOnlyList<ISurface> surfaces)
    {
        ErrorDefinition[] documented =
        [
            .. surfaces.SelectMany(surface => surface.Operations)
                .Where(operation => Fault.Concerns(target, operation))
                .SelectMany(operation => operation.Documented)
                .Where(one => one.Name is not "Ok"),
        ];
        if (ErrorCatalogue.FindIn(documented, error).Count > 0)
            return null;

        var numbers = documented.Select(one => one.Channel is "http" ? $"http/{one.Code}" : one.Number).Distinct();
        var whose = target is Fault.Everywhere ? "any operation" : target;
        return $"error: \"{error}\" is not documented for {whose}."
            + (Spelling.Nearest(error, numbers) is { } nearest ? $" The nearest is \"{nearest}\"." : "")
            + $" GET /errors{(target is Fault.Everywhere ? "" : $"?surface={target.Split('.')[0]}")} lists what is.";
    }

    /// <summary>Where a fault would never be seen, nobody waits for it.</summary>
    private static string? WrongPlace(FaultSort sort, string target, IReadOnlyList<ISurface> surfaces)
    {
        IOperation[] operations = [.. surfaces.SelectMany(surface => surface.Operations)];
        IOperation[] meant = [.. operations.Where(operation => Fault.Concerns(target, operation))];
        if (meant.Any(sort.FitsTo))
            return null;

        var places = string.Join(", ", operations.Where(sort.FitsTo).Select(operation => operation.Target));
        var others = FaultKinds.All.Where(one => one.Needs is not Given.Nothing && meant.Any(one.FitsTo)).Select(one => one.Name);
        return $"fault: \"{sort.Name}\" strikes at {places}. Beside the faults that strike everywhere, {target} can show "
            + (string.Join(", ", others) is { Length: > 0 } names ? $"{names}." : "none.");
    }

    /// <summary>Up to ten minutes, of a kind that takes time; where none is named, a second, and none for an answer that never comes
    /// anyway.</summary>
    /// <param name="sort">Null for a forced error.</param>
    public static bool TryReadDelay(string? text, FaultSort? sort, out TimeSpan delay)
    {
        delay = sort?.Kind is FaultKind.LostAnswer ? TimeSpan.Zero : TimeSpan.FromSeconds(1);
        return text is null || (sort is { TakesDelay: true }
            && Iso8601Duration.TryRead(text, out delay) && delay >= TimeSpan.Zero && delay <= s_longestDelay);
    }

    private static string? Wrong(
        FaultRequest request, IReadOnlyList<ISurface> surfaces, out FaultKind kind, out TimeSpan delay)
    {
        FaultSort? sort = null;
        kind = FaultKind.Error;
        delay = TimeSpan.FromSeconds(1);

        var target = request.Target ?? Fault.Everywhere;
        string[] targets = [Fault.Everywhere, .. surfaces.Select(surface => surface.Slug),
            .. surfaces.SelectMany(surface => surface.Operations).Select(operation => operation.Target)];
        if (!targets.Contains(target))
            return $"target: one of {string.Join(", ", targets)}.";

        if (request.Error is null == request.Fault is null)
            return "Either \"error\", the number of a documented error, or \"fault\", "
                + $"one of {FaultKinds.Names}.";

        if (request.Error is { } error && WrongError(error, target, surfaces) is { } undocumented)
            return undocumented;

        if (request.Fault is { } fault)
        {
            if ((sort = FaultKinds.Find(fault)) is null)
                return $"fault: one of {FaultKinds.Names}.";

            if (WrongPlace(sort, target, surfaces) is { } misplaced)
                return misplaced;

            kind = sort.Kind;
        }

        if (!TryReadDelay(request.Delay, sort, out delay))
            return $"delay: an ISO 8601 duration up to ten minutes, such as PT0.5S; of the faults {FaultKinds.NamesWithDelay} alone.";

        return request switch
        {
            { Times: <= 0 } => "times: 1 or more.",
            { Probability: not (null or (> 0 and <= 1)) } => "probability: above 0, up to 1.",
            { Seconds: not (null or (> 0 and <= 86_400)) } => "seconds: above 0, up to a day.",
            _ => null,
        };
    }
}
