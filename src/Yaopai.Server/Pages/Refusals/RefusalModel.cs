using Yaopai.Errors;

namespace Yaopai.Server.Pages.Refusals;

/// <summary>A request of an app that cannot be answered, shown to the person whose browser brought it.</summary>
public sealed record RefusalModel(ErrorDefinition Error, string RequestId);
