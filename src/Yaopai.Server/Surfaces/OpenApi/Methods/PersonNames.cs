using Yaopai.Server.Identifiers;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>What a person and their picture are called towards an app.</summary>
internal sealed record PersonNames(PairwiseIdentifiers Identifiers, PortraitTokens Portraits);
