using System.ComponentModel;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;

namespace Yaopai.Server.Sandbox.Seeds;

/// <summary>What a seed may have, as JSON Schema: made of the types that read it.</summary>
internal static class SeedSchema
{
    private static readonly JsonSchemaExporterOptions s_options = new()
    {
        TreatNullObliviousAsNonNullable = true,
        TransformSchemaNode = Describe,
    };

    public static JsonObject Make()
    {
        var schema = SandboxJson.Options.GetJsonSchemaAsNode(typeof(SeedFile), s_options).AsObject();
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "What a sandbox begins with");
        return schema;
    }

    private static JsonNode Describe(JsonSchemaExporterContext context, JsonNode node)
    {
        if (node is JsonObject schema
            && context.PropertyInfo?.AttributeProvider?.GetCustomAttributes(typeof(DescriptionAttribute), inherit: false)
                is [DescriptionAttribute { Description: var text }])
            schema.Insert(0, "description", text);

        return node;
    }
}
