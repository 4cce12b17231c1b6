using System.Text.Json;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>An app that stores data, for itself and for its people.</summary>
internal sealed class DataCaller(TestServer server, DemoData.DemoApp? app = null)
{
    private readonly Dictionary<string, OpenCaller.Tokens> _tokens = [];

    public OpenCaller Open { get; } = new(server, app);

    /// <summary>For itself, with a token of its own; or for a person.</summary>
    public async Task<HttpResponseMessage> CallAsync(string method, string? user, params (string Name, string? Value)[] arguments) =>
        await Open.CallAsync("data/" + method, (await TokensAsync(user)).Access, arguments);

    public Task<HttpResponseMessage> CallAsync(string method, params (string Name, string? Value)[] arguments) =>
        CallAsync(method, user: null, arguments);

    /// <summary>What has to succeed.</summary>
    public async Task<JsonElement> DoAsync(string method, (string Name, string? Value)[] arguments, string? user = null) =>
        await (await CallAsync(method, user, arguments)).ShouldSucceedAsync(E.Ok);

    /// <summary>One value, as text; null where there is none.</summary>
    public async Task<string?> ResultAsync(string method, string? user, params (string Name, string? Value)[] arguments) =>
        (await DoAsync(method, arguments, user)).GetProperty("result").GetString();

    public Task<string?> ResultAsync(string method, params (string Name, string? Value)[] arguments) =>
        ResultAsync(method, user: null, arguments);

    public async Task<OpenCaller.Tokens> TokensAsync(string? user)
    {
        if (!_tokens.TryGetValue(user ?? "", out var tokens))
            _tokens[user ?? ""] = tokens = await Open.TokensAsync(user);
        return tokens;
    }

    /// <summary>Types <c>note</c> and <c>card</c>, every kind of association, an object of each type.</summary>
    public async Task<(string Note, string Card)> PrepareAsync()
    {
        foreach (var type in new[] { "note", "card" })
        {
            await ResultAsync("createObjectType", ("name", type));
            await ResultAsync("defineObjectProperty", ("obj_type", type), ("prop_name", "count"), ("prop_type", "1"));
            await ResultAsync("defineObjectProperty", ("obj_type", type), ("prop_name", "title"), ("prop_type", "2"));
            await ResultAsync("defineObjectProperty", ("obj_type", type), ("prop_name", "body"), ("prop_type", "3"));
        }

        await ResultAsync("defineAssociation", ("name", "likes"), ("assoc_type", "1"));
        await ResultAsync("defineAssociation", ("name", "near"), ("assoc_type", "2"));
        await ResultAsync(
            "defineAssociation", ("name", "owns"), ("assoc_type", "3"), ("inverse", "owned_by"),
            ("assoc_info1", """{"alias":"owner","object_type":"note"}"""), ("assoc_info2", """{"object_type":"card"}"""));
        var note = await ResultAsync("createObject", ("obj_type", "note"), ("properties", """{"title":"one","count":1}"""));
        var card = await ResultAsync("createObject", ("obj_type", "card"));
        return (note!, card!);
    }
}
