using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Http;

/// <summary>A world that a test made for itself, with what its answer says.</summary>
internal sealed class TestWorld(TestServer server, JsonElement json)
{
    public JsonElement Json => json;

    public string Id => json.GetProperty("id").GetString()!;

    public static async Task<TestWorld> CreateAsync(TestServer server)
    {
        var response = await server.Http.PostAsync("/sandbox/worlds", null);
        Assert.Equal(System.Net.HttpStatusCode.Created, response.StatusCode);
        return new(server, await response.JsonAsync());
    }

    public DemoData.DemoApp App(int at) => AppOf(json.GetProperty("apps")[at]);

    public HuaweiCaller Caller(int at = 0) => new(server, App(at));

    public string Name(string role) => json.GetProperty("users").EnumerateArray()
        .Single(user => user.GetProperty("role").GetString() == role).GetProperty("name").GetString()!;

    public Task<HttpResponseMessage> MoveAsync(string by) =>
        server.Http.PostAsJsonAsync("/sandbox/clock", new { advance = by, world = Id });

    public Task<HttpResponseMessage> DeleteAsync() => server.Http.DeleteAsync($"/sandbox/worlds/{Id}");

    private static DemoData.DemoApp AppOf(JsonElement app) => new(
        app.GetProperty("name").GetString()!, long.Parse(app.GetProperty("client_id").GetString()!),
        app.GetProperty("client_secret").GetString()!, app.GetProperty("redirect_uri").GetString()!, DeveloperId: 0);
}
