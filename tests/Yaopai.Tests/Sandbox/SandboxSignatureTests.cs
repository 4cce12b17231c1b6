using System.Net.Http.Json;
using System.Text.Json;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

public sealed class SandboxSignatureTests(SharedServer fixture)
{
    private readonly OpenCaller _demo = new(fixture.Server);

    [Fact]
    public async Task It_shows_what_the_server_signs_and_where_the_callers_string_begins_to_differ()
    {
        var json = await ExplainAsync(
            new() { ["uid"] = "67411167", ["format"] = "json", ["empty"] = "", ["sign"] = "x" }, "format=json&uid=67411167");

        Assert.Equal("format=jsonuid=67411167", json.GetProperty("base_string").GetString());
        Assert.Equal("neither", json.GetProperty("signed_with").GetString());
        Assert.Equal("empty", json.GetProperty("left_out")[0].GetString());
        var difference = json.GetProperty("first_difference");
        Assert.Equal((11, "uid=67411167", "&uid=67411167"),
            (difference.GetProperty("at").GetInt32(), difference.GetProperty("expected").GetString(),
                difference.GetProperty("actual").GetString()));
    }

    [Theory]
    [InlineData("sign", "app")]
    [InlineData("bd_sig", "app")]
    [InlineData("sign", "session")]
    public async Task It_says_whose_secret_a_right_signature_was_made_with_and_never_the_secret(string name, string whose)
    {
        var tokens = await _demo.TokensAsync();
        var secret = whose is "app" ? _demo.App.ClientSecret : tokens.SessionSecret;
        var signed = OpenCaller.Sign(secret, name, [("client_id", _demo.ClientId), ("session_key", tokens.SessionKey), ("empty", "")]);

        var json = await ExplainAsync(signed.ToDictionary(field => field.Name, field => field.Value!), null);

        Assert.Equal((whose, name), (json.GetProperty("signed_with").GetString(), json.GetProperty("signature_name").GetString()));
        Assert.Equal(JsonValueKind.Null, json.GetProperty("first_difference").ValueKind);
        Assert.DoesNotContain(secret, json.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Either_reading_of_empty_values_is_no_difference()
    {
        foreach (var own in new[] { "a=1", "a=1b=" })
            Assert.Equal(
                JsonValueKind.Null, (await ExplainAsync(new() { ["a"] = "1", ["b"] = "" }, own)).GetProperty("first_difference").ValueKind);
    }

    private async Task<JsonElement> ExplainAsync(Dictionary<string, string> parameters, string? own) =>
        await (await fixture.Server.Http.PostAsJsonAsync("/sandbox/signature", new { parameters, base_string = own })).JsonAsync();
}
