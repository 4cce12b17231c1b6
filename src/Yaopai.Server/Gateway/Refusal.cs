using Yaopai.Errors;

namespace Yaopai.Server.Gateway;

/// <summary>Why a request was refused: the error that its caller is told, and a reason for those who may know more.</summary>
/// <param name="Why">What was expected and what came, with secrets masked; null where the error says it all.
/// Computed when it is asked for.</param>
internal readonly record struct Refusal(ErrorDefinition Error, Func<Reason?>? Why = null);
