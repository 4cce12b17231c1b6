using Yaopai.Server.Gateway;
using E = Yaopai.SampleSurface.GreetingErrors.Hello;

namespace Yaopai.SampleSurface;

/// <summary>GET or POST /hello — greets whoever is named.</summary>
internal sealed record Hello : IOperationDefinition
{
    internal static readonly Rule<Call>[] Rules =
    [
        new(E.NameMissing, x => x.Parameters["name"] is not "", why: _ => "name= is expected, in the query or in a form"),
    ];

    public IOperation Define() => new Operation<Call>("greeting", nameof(Hello), E.All)
    {
        Methods = ["GET", "POST"],
        Read = ValueTask.FromResult,
        Rules = RuleLists.One(Rules, x => ValueTask.FromResult(GreetingDialect.Ok($"Hello, {x.Parameters["name"]}!"))),
        Failures = new FailureErrors(E.All, (Failure.Unexpected, E.Internal)),
    };
}
