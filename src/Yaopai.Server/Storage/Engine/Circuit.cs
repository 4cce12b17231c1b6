using Polly;
using Polly.CircuitBreaker;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Storage.Engine;

/// <summary>Leaves a database alone that does not answer, and lets one caller at a time try whether it does again.</summary>
internal static class Circuit
{
    public static ResiliencePipeline Create(StorageOptions options) =>
        new ResiliencePipelineBuilder()
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = options.BreakAfter,
                SamplingDuration = TimeSpan.FromSeconds(10),
                BreakDuration = options.BreakDuration,
                ShouldHandle = new PredicateBuilder().Handle<StorageException>(
                    exception => exception.Failure is StorageFailure.Unreachable or StorageFailure.Timeout),
            })
            .Build();
}
