using Yaopai.Errors;
using Yaopai.Server.Gateway.Documents;

namespace Yaopai.Server.Gateway;

/// <summary>What an operation has to say: a body, or an error for the dialect to put into bytes.</summary>
/// <param name="ContentType">Exactly as it goes out; documented clients compare it to the letter.</param>
/// <param name="Location">Where the browser is sent; with an error, the address says it.</param>
/// <param name="Why">The reason of a refusal, for those who may know more than the caller (<see cref="Refusal.Why"/>).</param>
internal readonly record struct Answer(
    byte[] Body, string ContentType, ErrorDefinition? Error = null, string? Location = null, Func<Reason?>? Why = null)
{
    /// <summary>The body of a surface that answers in more than one format: the dialect writes it in the one that is asked for.</summary>
    public Document? Document { get; init; }

    /// <summary>A file, which goes out piece by piece; the dialect says that it is one.</summary>
    public AttachedFile? File { get; init; }

    /// <summary>Set where the browser is to post these to the location, instead of going there.</summary>
    public IReadOnlyList<(string Name, string Value)>? Fields { get; init; }

    /// <summary>How long everybody may keep it; null for what is nobody else's.</summary>
    public TimeSpan? Kept { get; init; }

    /// <summary>Headers and nothing else, for a browser that asks what a page may ask.</summary>
    public bool IsPreflight { get; init; }

    public static Answer Of(AttachedFile file) => new([], file.ContentType) { File = file };

    public static Answer Of(Document document) => new([], "") { Document = document };

    public static Answer Refusal(ErrorDefinition error) => new([], "", error);

    public static Answer Refusal(Refusal refusal) => new([], "", refusal.Error, Why: refusal.Why);

    public static Answer Redirect(string location) => new([], "", Location: location);

    /// <summary>An error that is told to the app, in the address that the browser is sent to.</summary>
    public static Answer Redirect(string location, Refusal refusal) => new([], "", refusal.Error, location, refusal.Why);
}

/// <param name="Parts">Its bytes, as many as the size says.</param>
internal sealed record AttachedFile(string Name, string ContentType, long Size, IAsyncEnumerable<byte[]> Parts);
