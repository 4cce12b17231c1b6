using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>What an operation has to say: a body, or an error for the dialect to put into bytes.</summary>
/// <param name="ContentType">Exactly as it goes out; documented clients compare it to the letter.</param>
/// <param name="Location">Where the browser is sent; with an error, the address says it.</param>
internal readonly record struct Answer(byte[] Body, string ContentType, ErrorDefinition? Error = null, string? Location = null)
{
    public static Answer Refusal(ErrorDefinition error) => new([], "", error);

    public static Answer Redirect(string location, ErrorDefinition? error = null) => new([], "", error, location);
}
