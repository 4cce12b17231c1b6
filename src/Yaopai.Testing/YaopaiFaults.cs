using System.Text.Json;
using System.Text.Json.Serialization;
using System.Xml;

namespace Yaopai.Testing;

/// <summary>What is broken on purpose: in a world for its apps alone, else for everybody.</summary>
public sealed class YaopaiFaults
{
    private const string Path = "/sandbox/faults";

    private readonly SandboxCalls _calls;
    private readonly string? _world;

    internal YaopaiFaults(SandboxCalls calls, string? world) => (_calls, _world) = (calls, world);

    /// <summary>Breaks it, until it is removed or over.</summary>
    /// <returns>The fault with its <see cref="YaopaiFault.Id"/>.</returns>
    /// <exception cref="YaopaiException">The target cannot show it; the message names what it can.</exception>
    public async Task<YaopaiFault> AddAsync(YaopaiFault fault, CancellationToken ct = default)
    {
        ArgumentNullException.ThrowIfNull(fault);
        var added = await _calls.SendAsync(HttpMethod.Post, Path, Row.Of(fault, _world), ct);
        return added.Deserialize<Row>(SandboxCalls.Json)!.ToFault();
    }

    /// <summary>Has the operation answer an error that its document lists.</summary>
    /// <param name="target">An operation: <c>huawei.token</c>.</param>
    /// <param name="error">Its number: <c>1101/12304</c>, <c>http/503</c>.</param>
    /// <param name="times">For how many requests; null for no end.</param>
    /// <returns>The fault with its <see cref="YaopaiFault.Id"/>.</returns>
    /// <exception cref="YaopaiException">The operation does not document it; the message names the nearest.</exception>
    public Task<YaopaiFault> AddErrorAsync(string target, string error, int? times = null, CancellationToken ct = default) =>
        AddAsync(new YaopaiFault { Target = target, Error = error, Times = times }, ct);

    /// <summary>Those that are there, and how often each struck.</summary>
    /// <returns>In a world its own; else those that are in no world.</returns>
    public async Task<IReadOnlyList<YaopaiFault>> ListAsync(CancellationToken ct = default)
    {
        var answer = await _calls.SendAsync(HttpMethod.Get, Path, body: null, ct);
        return
        [
            .. from row in answer.GetProperty("faults").Deserialize<List<Row>>(SandboxCalls.Json)!
               where row.World == _world
               select row.ToFault(),
        ];
    }

    /// <summary>Mends one.</summary>
    /// <exception cref="YaopaiException">There is none of that id, or no more.</exception>
    public Task RemoveAsync(int id, CancellationToken ct = default) =>
        _calls.SendAsync(HttpMethod.Delete, $"{Path}/{id}", body: null, ct);

    /// <summary>Mends all: in a world its own; else those that are in no world.</summary>
    public Task ClearAsync(CancellationToken ct = default) =>
        _calls.SendAsync(HttpMethod.Delete, _world is null ? Path : $"{Path}?world={_world}", body: null, ct);

    /// <summary>As the sandbox writes it.</summary>
    private sealed record Row(
        string Target, string? Error, string? Fault, string? Delay, int? Times, double? Probability, int? Seed, string? ClientId,
        string? World)
    {
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Id { get; init; }

        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
        public int Struck { get; init; }

        public static Row Of(YaopaiFault fault, string? world) => new(
            fault.Target, fault.Error, fault.Fault, fault.Delay is { } delay ? XmlConvert.ToString(delay) : null, fault.Times,
            fault.Probability, fault.Seed, fault.ClientId, world);

        public YaopaiFault ToFault() => new()
        {
            Target = Target,
            Error = Error,
            Fault = Fault,
            Delay = Delay is null ? null : XmlConvert.ToTimeSpan(Delay),
            Times = Times,
            Probability = Probability,
            Seed = Seed,
            ClientId = ClientId,
            Id = Id,
            Struck = Struck,
        };
    }
}
