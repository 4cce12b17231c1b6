using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using Yaopai.Server.OAuth;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Server.Surfaces.WeLink.Knowledge;

/// <summary>GET /api/knowledge/v1/component/list — lists the parts of the organisation's knowledge.</summary>
internal sealed record ListComponents(KnowledgeKit Kit) : IOperationDefinition
{
    public IOperation Define() => WeLinkRules.Operation<KnowledgeRequest>(
        Kit.Calls, Modules.Knowledge, "ListComponents", "GET", ParameterSource.Query, incoming => new KnowledgeRequest(incoming, Kit), [],
        async x => WeLinkDialect.Ok(await Kit.Categories.ListComponentsAsync(x.TenantId, x.Call.Ct), static (json, components) =>
        {
            json.WriteStartArray("data");
            foreach (var component in components)
            {
                json.WriteStartObject();
                json.WriteString("componentId", $"{component.Id}");
                json.WriteString("componentName", component.Name);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));
}

/// <summary>GET /api/knowledge/v1/category/list — lists the categories of a component; those of none where none is named.</summary>
internal sealed record ListCategories(KnowledgeKit Kit) : IOperationDefinition
{
    internal static readonly Rule<KnowledgeRequest>[] Rules = [new(E.ParameterMalformed, x => x.IsOneOf("componentId", 0, long.MaxValue))];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.Knowledge, "ListCategories", "GET", ParameterSource.Query,
        incoming => new KnowledgeRequest(incoming, Kit), Rules,
        async x => WeLinkDialect.Ok(await ListAsync(x), static (json, categories) =>
        {
            json.WriteStartArray("data");
            foreach (var category in categories)
            {
                json.WriteStartObject();
                json.WriteString("cateId", $"{category.Id}");
                json.WriteString("cateName", category.Name);
                json.WriteString("componentId", $"{category.ComponentId}");
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }));

    private Task<IReadOnlyList<Category>> ListAsync(KnowledgeRequest x) =>
        Kit.Categories.ListAsync(x.TenantId, ClientId.Number(x["componentId"]) ?? 0, x.Call.Ct);
}
