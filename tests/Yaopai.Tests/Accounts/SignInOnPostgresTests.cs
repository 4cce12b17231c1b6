using System.Net.Http.Json;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts;

public sealed class SignInOnPostgresTests
{
    /// <summary>PostgreSQL takes no NUL in a text.</summary>
    [Theory]
    [InlineData("a\0b")]
    [InlineData("+86111\u00003600008")]
    public async Task A_login_with_a_control_character_is_refused_like_any_other_that_is_nobodys(string login)
    {
        await using var engine = new OnPostgres();
        await engine.InitializeAsync();
        await using var server = await TestServer.StartAsync(engine);

        var answer = await server.Http.PostAsJsonAsync("/sandbox/sign-in", new { user = login });

        Assert.Contains("\"refused\"", await answer.Content.ReadAsStringAsync());
    }
}
