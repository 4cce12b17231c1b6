using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>One wire dialect: what it offers, and how it puts an answer into bytes.</summary>
internal interface ISurface
{
    /// <summary>The name of the platform as addresses have it: lower case, no hyphen.</summary>
    string Slug { get; }

    IReadOnlyList<IOperation> Operations { get; }

    /// <summary>What is answered to requests that no operation takes, beside the answers of operations.</summary>
    IReadOnlyList<ErrorDefinition> UnroutedErrors { get; }

    /// <summary>The names that its operations read in a query or a form, each of which may stand once: a name that nothing reads may be
    /// repeated, and is ignored. Null where no name may be.</summary>
    IReadOnlySet<string>? ParameterNames => null;

    /// <summary>Its addresses, below its prefix.</summary>
    IEnumerable<string> Paths => [];

    /// <summary>Finds the operation of a request, or the answer to one that none takes.</summary>
    ValueTask<RouteResult> RouteAsync(Call call);

    /// <summary>Writes an answer: status, headers and body, in the form that the request asks for.</summary>
    ValueTask WriteAsync(Call call, Answer answer);
}

/// <summary>Where a request goes: to an operation, or out with an answer.</summary>
/// <param name="Refusal">The answer, where no operation takes the request.</param>
/// <param name="NoSuchPath">Set where nothing is at that address: then the operation is the nearest, and its document has the answer.
/// Says what was asked for.</param>
internal readonly record struct RouteResult(IOperation? Operation, Refusal? Refusal = null, Func<Reason?>? NoSuchPath = null);
