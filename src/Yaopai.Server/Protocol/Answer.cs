using Yaopai.Errors;

namespace Yaopai.Server.Protocol;

/// <summary>What an operation has to say: a body, or an error for the dialect to put into bytes.</summary>
/// <param name="ContentType">Exactly as it goes out; documented clients compare it to the letter.</param>
internal readonly record struct Answer(byte[] Body, string ContentType, ErrorDefinition? Error = null)
{
    public static Answer Refusal(ErrorDefinition error) => new([], "", error);
}
