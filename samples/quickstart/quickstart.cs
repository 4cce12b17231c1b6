// dotnet run quickstart.cs: signs a person in, and makes a signed call.
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

const string Users = "/open/rest/2.0/passport/users", Id = "100000001", Back = "https://demo.example/callback";
const string Secret = "d3100000000000000000000000000000000000000000000000000000000000d1";
using var http = new HttpClient { BaseAddress = new(Environment.GetEnvironmentVariable("YAOPAI_URL") ?? "http://127.0.0.1:7700") };

async Task<JsonNode> PostAsync(string path, HttpContent body)
{
    using var answer = await http.PostAsync(path, body);
    var data = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    if (!answer.IsSuccessStatusCode || data["error_code"] is not null)
        throw new HttpRequestException($"{data}\n{answer.Headers}"); // Yaopai-Explain leads to the reason
    return data;
}

Task<JsonNode> CallAsync(string path, IDictionary<string, string> fields) => PostAsync(path, new FormUrlEncodedContent(fields));

// The code that the browser brings back from the sign-in page; here the sandbox signs in.
var signIn = new JsonObject
{
    ["surface"] = "open", ["user"] = "mainland", ["scope"] = "basic", ["client_id"] = Id, ["redirect_uri"] = Back,
};
var signedIn = await PostAsync("/sandbox/authorize", new StringContent($"{signIn}", Encoding.UTF8, "application/json"));
var tokens = await CallAsync("/open/oauth/2.0/token", new Dictionary<string, string>
{
    ["grant_type"] = "authorization_code", ["code"] = $"{signedIn["code"]}",
    ["client_id"] = Id, ["client_secret"] = Secret, ["redirect_uri"] = Back,
});
var person = await CallAsync($"{Users}/getLoggedInUser", new Dictionary<string, string> { ["access_token"] = $"{tokens["access_token"]}" });
Console.WriteLine($"signed in: {person["uname"]}");

// A signature covers all parameters, sorted by name, without separators.
var call = new SortedDictionary<string, string>(StringComparer.Ordinal)
{
    ["client_id"] = Id, ["uid"] = $"{person["uid"]}", ["timestamp"] = $"{DateTimeOffset.UtcNow.ToUnixTimeSeconds()}",
    ["nonce"] = $"{Guid.NewGuid()}", ["sign_method"] = "hmac-sha256",
};
var signed = string.Concat(call.Select(field => $"{field.Key}={field.Value}"));
call["sign"] = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes(signed)));
Console.WriteLine($"uses the app: {((string?)(await CallAsync($"{Users}/isAppUser", call))["result"] == "1" ? "true" : "false")}");
