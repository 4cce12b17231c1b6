using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>Where an operation's parameters stand.</summary>
internal enum ParameterSource
{
    /// <summary>It has none: whatever comes along is not even read.</summary>
    None,

    /// <summary>The query alone: a body is not even read.</summary>
    Query,

    /// <summary>Form or query.</summary>
    Form,

    /// <summary>A text of any type, beside the query.</summary>
    Text,

    /// <summary>A JSON object, beside the query.</summary>
    Json,

    /// <summary>The query, and a JSON object where there is one. A body that is JSON's null says nothing.</summary>
    QueryOrJson,

    /// <summary>Form or query; or a JSON object whose members are read as parameters.</summary>
    FormOrJson,
}

/// <summary>One documented operation of a surface, as the gateway sees it.</summary>
internal interface IOperation
{
    /// <summary>As in the catalogue: <c>Token</c>.</summary>
    string Name { get; }

    /// <summary>How people point at it: <c>surface.token</c>.</summary>
    string Target { get; }

    /// <summary>The methods it answers, in the order of the Allow header.</summary>
    IReadOnlyList<string> Methods { get; }

    ParameterSource Source { get; }

    /// <summary>The largest body that it has use for; what the installation reads at most holds besides.</summary>
    int MaxBodyBytes { get; }

    /// <summary>True where people come with their browsers, and not servers of apps: a refusal may be a page,
    /// and an app's networks say nothing of them.</summary>
    bool IsForPeople { get; }

    /// <summary>The pages of other sites that may read its answers.</summary>
    Readers Readers { get; }

    /// <summary>The parameter for a device's user code, where a person may type one; null where there is none.</summary>
    string? UserCodeParameter { get; }

    /// <summary>What its answers hold of the things that a client has to check.</summary>
    Given Gives { get; }

    FailureErrors Failures { get; }

    /// <summary>Everything the catalogue documents for it: what it may answer.</summary>
    IReadOnlySet<ErrorDefinition> Documented { get; }

    /// <summary>The errors that its rules name.</summary>
    IEnumerable<ErrorDefinition> Refusals { get; }

    ValueTask<Answer> HandleAsync(Call call, Admission admission);
}
