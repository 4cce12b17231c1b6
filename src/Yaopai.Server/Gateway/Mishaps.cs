using Yaopai.Errors;
using Yaopai.Server.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway;

/// <summary>Which documented error each mishap earns in one operation.</summary>
internal sealed class Mishaps
{
    /// <summary>The HTTP status a mishap has where an operation does not say otherwise (a status that it documents, or it is not used).</summary>
    private static readonly (Mishap Mishap, int Status)[] s_statuses =
    [
        (Mishap.Unparsable,           400),
        (Mishap.Forbidden,            403),
        (Mishap.NoSuchPath,           404),
        (Mishap.MethodNotAllowed,     405),
        (Mishap.UnsupportedMediaType, 415),
        (Mishap.Unexpected,           500),
        (Mishap.StorageUnreachable,   502),
        (Mishap.StorageTimeout,       504),
        (Mishap.StorageConflict,      500),
        (Mishap.StorageFailed,        500),
        (Mishap.DataUnreadable,       500),
        (Mishap.KeyLost,              500),
        (Mishap.Throttled,            503),
        (Mishap.Flooded,              503),
        (Mishap.DeadlinePassed,       504),
        (Mishap.Undocumented,         590),
    ];

    private readonly ErrorDefinition?[] _errors = new ErrorDefinition?[Enum.GetValues<Mishap>().Length];

    /// <param name="documented">All errors of the operation.</param>
    /// <param name="inBand">The mishaps that the operation answers in its own channel.</param>
    public Mishaps(IReadOnlyList<ErrorDefinition> documented, params (Mishap Mishap, ErrorDefinition Error)[] inBand)
    {
        foreach (var (mishap, status) in s_statuses)
            _errors[(int)mishap] = documented.FirstOrDefault(error => error.Channel is "http" && error.Http == status);

        foreach (var (mishap, error) in inBand)
            _errors[(int)mishap] = error;

        _errors[(int)Mishap.AppDisabled] ??= _errors[(int)Mishap.Forbidden];
        _errors[(int)Mishap.TooManyParameters] ??= _errors[(int)Mishap.Unparsable];
        _errors[(int)Mishap.Flooded] ??= _errors[(int)Mishap.Throttled];
        _errors[(int)Mishap.UnsupportedMediaType] ??= _errors[(int)Mishap.Unparsable];
    }

    /// <summary>What an exception means. Some of ours carry it; an operation that was cancelled ran out of its time.</summary>
    public static Mishap Of(Exception exception, CancellationToken deadline) => exception switch
    {
        MishapException known => known.Mishap,
        KeyLostException => Mishap.KeyLost,
        StorageException storage => storage.Failure switch
        {
            StorageFailure.Unreachable => Mishap.StorageUnreachable,
            StorageFailure.Timeout => Mishap.StorageTimeout,
            StorageFailure.Conflict => Mishap.StorageConflict,
            _ => Mishap.StorageFailed,
        },
        BadHttpRequestException => Mishap.Unparsable,
        OperationCanceledException when deadline.IsCancellationRequested => Mishap.DeadlinePassed,
        _ => Mishap.Unexpected,
    };

    /// <summary>The error, or null where the operation documents none for it.</summary>
    public ErrorDefinition? this[Mishap mishap] => _errors[(int)mishap];

    public IEnumerable<ErrorDefinition> Errors => _errors.OfType<ErrorDefinition>();
}
