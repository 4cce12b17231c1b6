namespace Yaopai.Errors;

/// <summary>One documented answer of one operation: a row of the catalogue.</summary>
/// <param name="Surface">The wire dialect, as in the name of its file: <c>HuaweiAccount</c>.</param>
/// <param name="Operation">The operation that documents it: <c>Token</c>.</param>
/// <param name="Name">What happened, as a stable name: <c>CodeExpired</c>.</param>
/// <param name="Channel">Where the code travels: <c>http</c>, <c>error/sub_error</c>, <c>NSP_STATUS</c>, <c>resultCode</c>,
/// <c>errCode</c>, <c>error_code</c>, <c>gateway</c> or <c>code</c>.</param>
/// <param name="Parent">The main code above a sub code; empty where the channel has none.</param>
/// <param name="Code">The code itself.</param>
/// <param name="Http">The HTTP status that carries it; 0 when it never travels over HTTP.</param>
/// <param name="Retry">What has to happen before the same request can succeed.</param>
/// <param name="Audience">Who can mend it.</param>
/// <param name="Beyond">True when the documents that the surface follows do not list it.</param>
public sealed record ErrorDefinition(
    string Surface,
    string Operation,
    string Name,
    string Channel,
    string Parent,
    string Code,
    int Http,
    string Zh,
    string En,
    string RemedyZh,
    string RemedyEn,
    Retry Retry,
    Audience Audience,
    bool Beyond)
{
    /// <summary>The code as people write it: <c>1101/20155</c>, or <c>102</c> where there is no main code.</summary>
    public string Number => Parent is "" ? Code : $"{Parent}/{Code}";

    /// <summary>The code as one of the scheme A-BB-CCC; null for the codes of a platform's own.</summary>
    public ServiceErrorCode? ServiceCode => Code is [_, '-', ..] && ServiceErrorCode.TryParse(Code, out var code) ? code : null;

    /// <summary>Each row is one object, and equal to nothing else: rows may look alike and still be of different operations.</summary>
    public bool Equals(ErrorDefinition? other) => ReferenceEquals(this, other);

    /// <inheritdoc/>
    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);

    /// <inheritdoc/>
    public override string ToString() => $"{Surface}.{Operation}.{Name} ({Number})";
}

/// <summary>What has to happen before the same request can succeed.</summary>
public enum Retry
{
    /// <summary>Nothing will do: the request itself has to change.</summary>
    No,

    /// <summary>The same request, after a pause.</summary>
    Later,

    /// <summary>A new credential first.</summary>
    Renew,

    /// <summary>A person has to act first.</summary>
    User,
}

/// <summary>Who can mend the cause.</summary>
public enum Audience
{
    Caller,
    User,
    Operator,
}
