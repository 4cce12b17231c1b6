using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

/// <summary>For each method of the data store a call that succeeds, on data that were stored for it alone.</summary>
public sealed class DataCalls : OpenApiCalls
{
    private static readonly GoodCall[] s_all = [.. GoodDataCalls.All.Keys.Select(Method)];

    internal override IReadOnlyList<GoodCall> All => s_all;

    internal override string UndocumentedFor(GoodCall call) => E.UserFieldForbidden.Number;

    private static GoodCall Method(string name) => new(name, async (server, app) =>
    {
        var caller = new DataCaller(server, app);
        var (note, card) = await caller.PrepareAsync();
        var user = GoodDataCalls.IsOfPeople(name) ? "mainland" : null;
        await caller.TokensAsync(user);
        if (name.StartsWith("removeAssociation", StringComparison.Ordinal))
            await caller.ResultAsync("setAssociation", ("name", "owns"), ("obj_id1", note), ("obj_id2", card));
        var arguments = GoodDataCalls.All[name]
            .Select(one => (one.Name, (string?)one.Value.Replace("{note}", note).Replace("{card}", card))).ToArray();
        return () => caller.CallAsync(name, user, arguments);
    })
    {
        Target = $"open.data.{name}",
        FormPath = $"{OpenCaller.Rest}data/{name}",
        IsGoodOnce = !name.StartsWith("get", StringComparison.Ordinal),
        Tables = name switch
        {
            "getObject" or "getObjects" or "getObjectProperty" => ["data_object"],
            ['g', 'e', 't', ..] => ["app"],
            _ => ["data_usage"],
        },
    };
}
