using System.Diagnostics.CodeAnalysis;

namespace Yaopai.Server.Gateway;

/// <summary>Why a request was refused, for those who may know more than its caller: a sentence, and its parts where it has some.</summary>
/// <param name="Text">What was expected and what came, with secrets masked.</param>
internal sealed record Reason(string Text)
{
    public string? Expected { get; init; }

    public string? Actual { get; init; }

    /// <summary>Of what is registered, or is there, what is most like the thing that came.</summary>
    public string? Nearest { get; init; }

    /// <summary>What the server signed, without its secret.</summary>
    public string? BaseString { get; init; }

    /// <summary>Where what came parts from what was meant; null where nothing can be compared.</summary>
    public TextDifference? FirstDifference =>
        (Nearest ?? Expected) is { } meant && Actual is { } came ? TextDifference.Of(meant, came) : null;

    [return: NotNullIfNotNull(nameof(text))]
    public static implicit operator Reason?(string? text) => text is null ? null : new Reason(text);
}
