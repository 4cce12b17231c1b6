using Microsoft.AspNetCore.Connections;
using Yaopai.Errors;
using Yaopai.Server.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Gateway;

/// <summary>Which documented error each failure earns in one operation.</summary>
internal sealed class FailureErrors
{
    /// <summary>The HTTP status a failure has where an operation does not say otherwise (a status that it documents,
    /// or it is not used).</summary>
    private static readonly (Failure Failure, int Status)[] s_statuses =
    [
        (Failure.Unparsable,           400),
        (Failure.Forbidden,            403),
        (Failure.NoSuchPath,           404),
        (Failure.MethodNotAllowed,     405),
        (Failure.UnsupportedMediaType, 415),
        (Failure.Unexpected,           500),
        (Failure.StorageUnreachable,   502),
        (Failure.StorageTimeout,       504),
        (Failure.StorageConflict,      500),
        (Failure.StorageFailed,        500),
        (Failure.DataUnreadable,       500),
        (Failure.KeyLost,              500),
        (Failure.Throttled,            503),
        (Failure.Flooded,              503),
        (Failure.DeadlinePassed,       504),
        (Failure.Undocumented,         590),
    ];

    private readonly ErrorDefinition?[] _errors = new ErrorDefinition?[Enum.GetValues<Failure>().Length];

    /// <param name="documented">All errors of the operation.</param>
    /// <param name="inBand">The mishaps that the operation answers in its own channel.</param>
    public FailureErrors(IReadOnlyList<ErrorDefinition> documented, params (Failure Failure, ErrorDefinition Error)[] inBand)
    {
        foreach (var (failure, status) in s_statuses)
            _errors[(int)failure] = documented.FirstOrDefault(error => error.Channel is "http" && error.Http == status);

        foreach (var (failure, error) in inBand)
            _errors[(int)failure] = error;

        _errors[(int)Failure.AppDisabled] ??= _errors[(int)Failure.Forbidden];
        _errors[(int)Failure.TooManyParameters] ??= _errors[(int)Failure.Unparsable];
        _errors[(int)Failure.Flooded] ??= _errors[(int)Failure.Throttled];
        _errors[(int)Failure.UnsupportedMediaType] ??= _errors[(int)Failure.Unparsable];
    }

    /// <summary>What an exception means. Some of ours carry it; an operation that was cancelled ran out of its time.</summary>
    public static Failure Of(Exception exception, CancellationToken deadline) => exception switch
    {
        FailureException known => known.Failure,
        KeyLostException => Failure.KeyLost,
        StorageException storage => storage.Failure switch
        {
            StorageFailure.Unreachable => Failure.StorageUnreachable,
            StorageFailure.Timeout => Failure.StorageTimeout,
            StorageFailure.Conflict => Failure.StorageConflict,
            _ => Failure.StorageFailed,
        },
        BadHttpRequestException or ConnectionResetException or ConnectionAbortedException => Failure.Unparsable,
        OperationCanceledException when deadline.IsCancellationRequested => Failure.DeadlinePassed,
        _ => Failure.Unexpected,
    };

    /// <summary>The error, or null where the operation documents none for it.</summary>
    public ErrorDefinition? this[Failure failure] => _errors[(int)failure];

    public IEnumerable<ErrorDefinition> Errors => _errors.OfType<ErrorDefinition>();
}
