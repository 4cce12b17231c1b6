namespace Yaopai.Testing;

/// <summary>A request in the journal and what was answered, with secrets and personal data masked.</summary>
/// <param name="Id">As the answer's <c>X-Request-Id</c> has it where it is an error.</param>
/// <param name="Time">When it came, by the clock of the machine.</param>
/// <param name="AppTime">What time it was for the app, where its clock was moved.</param>
/// <param name="Surface">One of <see cref="YaopaiSurface"/>.</param>
/// <param name="Operation">Such as <c>huawei.token</c>.</param>
/// <param name="ClientId">The app, as far as the request named one that exists.</param>
/// <param name="Method">In capitals.</param>
/// <param name="Path">Without the query, whose parts are in <paramref name="Parameters"/>.</param>
/// <param name="Headers">Of the request.</param>
/// <param name="Parameters">Of query, form and JSON.</param>
/// <param name="Body">What came as JSON or text; null for a form.</param>
/// <param name="Answer">What was answered.</param>
/// <param name="Refusal">Null where nothing was refused.</param>
public sealed record YaopaiRequest(
    string Id, DateTimeOffset Time, DateTimeOffset? AppTime, string Surface, string Operation, string? ClientId, string Method, string Path,
    IReadOnlyList<YaopaiField> Headers, IReadOnlyList<YaopaiField> Parameters, string? Body, YaopaiAnswer Answer, YaopaiRefusal? Refusal);

/// <summary>A header or a parameter.</summary>
/// <param name="Name">As it was sent.</param>
/// <param name="Value">Masked where it is a secret or personal.</param>
public sealed record YaopaiField(string Name, string Value);

/// <summary>What was answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="ContentType">Null without a body.</param>
/// <param name="Location">Where a redirect leads.</param>
/// <param name="Body">Masked, up to 4096 characters.</param>
/// <param name="DurationMs">Milliseconds.</param>
public sealed record YaopaiAnswer(int Status, string? ContentType, string? Location, string? Body, double DurationMs);

/// <summary>The documented error that was answered, and why.</summary>
/// <param name="Error">Its name: <c>CodeExpired</c>.</param>
/// <param name="Number">Its number: <c>1101/20155</c>.</param>
/// <param name="Zh">What it means, in Chinese.</param>
/// <param name="En">What it means, in English.</param>
/// <param name="RemedyZh">What to do, in Chinese.</param>
/// <param name="RemedyEn">What to do, in English.</param>
/// <param name="Retry">Whether the same request may succeed later: <c>no</c>, <c>yes</c>, or after the user did something.</param>
/// <param name="Audience">Who can mend it: <c>caller</c>, <c>user</c> or <c>operator</c>.</param>
/// <param name="Page">The address of its page.</param>
/// <param name="Reason">What was wrong with this request; null where the error says it all.</param>
public sealed record YaopaiRefusal(
    string Error, string Number, string Zh, string En, string RemedyZh, string RemedyEn, string Retry, string Audience, string? Page,
    YaopaiReason? Reason);

/// <summary>What was wrong with one request.</summary>
/// <param name="Text">A sentence.</param>
/// <param name="Expected">What would have been right.</param>
/// <param name="Actual">What came.</param>
/// <param name="Nearest">The registered value that is most like what came.</param>
/// <param name="BaseString">Of a signature: the text that the server signs.</param>
/// <param name="FirstDifference">Where the two part.</param>
public sealed record YaopaiReason(
    string Text, string? Expected, string? Actual, string? Nearest, string? BaseString, YaopaiDifference? FirstDifference);

/// <summary>Where two texts part.</summary>
/// <param name="At">The first character that differs, from 0.</param>
/// <param name="Expected">What follows there in the one.</param>
/// <param name="Actual">What follows there in the other.</param>
public sealed record YaopaiDifference(int At, string Expected, string Actual);

/// <summary>Which requests are asked for; what is null does not matter.</summary>
public sealed record YaopaiRequestQuery
{
    /// <summary>Such as <c>huawei.token</c>, or <c>token</c> at any surface.</summary>
    public string? Operation { get; init; }

    /// <summary>One of <see cref="YaopaiSurface"/>.</summary>
    public string? Surface { get; init; }

    /// <summary>Refused with this error: <c>1101/20155</c>, <c>20155</c>, <c>CodeExpired</c>, or <c>*</c> for any.</summary>
    public string? Code { get; init; }

    /// <summary>The HTTP status of the answer.</summary>
    public int? Status { get; init; }

    /// <summary>Not older than that.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>1 to 500, the newest.</summary>
    public int Limit { get; init; } = 50;
}
