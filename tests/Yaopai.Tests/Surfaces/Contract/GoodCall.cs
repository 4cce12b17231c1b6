using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>A call of one documented operation that succeeds, made while everything works.</summary>
/// <param name="Name">Of the page that documents it, and so of its rows in the catalogue.</param>
/// <param name="PrepareAsync">Gets what the call needs, for an app, and answers with the call itself.</param>
internal sealed record GoodCall(string Name, Func<TestServer, DemoData.DemoApp, Task<Func<Task<HttpResponseMessage>>>> PrepareAsync)
{
    /// <summary>How people point at the operation: <c>huawei.token</c>.</summary>
    public required string Target { get; init; }

    /// <summary>Good but once: it uses up what it is made with.</summary>
    public bool IsGoodOnce { get; init; }

    /// <summary>Takes its token away, so that the next call has to be prepared anew.</summary>
    public bool EndsItsToken { get; init; }

    /// <summary>Needs the keys of the day and nothing else: no database, and no app that could be turned away.</summary>
    public bool NeedsKeysOnly { get; init; }

    /// <summary>Stands on no key, so that nothing is lost with one.</summary>
    public bool NeedsNoKeys { get; init; }

    /// <summary>Opens nothing that a key sealed before, so that another key may stand in for a lost one;
    /// and no key of those that sign is lost there.</summary>
    public bool OnlySeals { get; init; }

    /// <summary>Made by a person's browser, which no allowlist of an app's servers is about.</summary>
    public bool IsOfBrowsers { get; init; }

    /// <summary>The tables that it stands on when nothing is cached.</summary>
    public string[] Tables { get; init; } = [];

    /// <summary>Where a form is sent to, for operations that read one.</summary>
    public string? FormPath { get; init; }
}
