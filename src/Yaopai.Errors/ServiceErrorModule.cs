namespace Yaopai.Errors;

/// <summary>A module of the scheme A-BB-CCC on one level, and how far its numbers are used.</summary>
/// <param name="Name">Its name in the table: <c>Orders</c>.</param>
/// <param name="Taken">How many of its 999 numbers are taken.</param>
/// <param name="Next">The number that the next error gets; null when all are taken.</param>
public sealed record ServiceErrorModule(ServiceErrorLevel Level, int Module, string Name, int Taken, ServiceErrorCode? Next)
{
    /// <summary>The modules that have errors, in order.</summary>
    public static IReadOnlyList<ServiceErrorModule> Of(IEnumerable<(ServiceErrorCode Code, string Module)> errors) =>
    [
        .. from error in errors
           group error by (error.Code.Level, error.Code.Module) into module
           orderby module.Key
           let codes = module.Select(error => error.Code).Distinct().ToList()
           select new ServiceErrorModule(module.Key.Level, module.Key.Module, module.First().Module, codes.Count,
               ServiceErrorCode.TryNext(module.Key.Level, module.Key.Module, codes, out var next) ? next : null),
    ];

    /// <summary><c>2-05</c>.</summary>
    public override string ToString() => $"{(int)Level}-{Module:00}";
}
