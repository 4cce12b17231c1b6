using System.Net.Http.Headers;
using System.Text;
using Yaopai.Server.Gateway;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.Contract;

/// <summary>Forms that cannot be parsed: one answer, whatever the operation, and nothing of them is used.</summary>
public abstract class MalformedRequestContract<TCalls>(ServerFixture fixture) where TCalls : SurfaceCalls, new()
{
    private static readonly TCalls s_calls = new();

    private static readonly (string What, byte[] Body)[] s_bodies =
    [
        ("percent at the end",       "access_token=a%"u8.ToArray()),
        ("percent and one digit",    "access_token=a%2"u8.ToArray()),
        ("percent and no hex",       "access_token=%zz"u8.ToArray()),
        ("percent in a name",        "acc%ess=1"u8.ToArray()),
        ("invalid UTF-8",            [.. "token="u8, 0xc3, 0x28]),
        ("invalid UTF-8, encoded",   "token=%c3%28"u8.ToArray()),
        ("overlong UTF-8, encoded",  "token=%c0%af"u8.ToArray()),
        ("NUL",                      [.. "token=a"u8, 0]),
        ("NUL, encoded",             "token=a%00b"u8.ToArray()),
        ("a name twice",             "client_id=a&client_id=b"u8.ToArray()),
        ("a name twice, encoded",    "client_id=a&%63lient_id=b"u8.ToArray()),
        ("a name twice, the same",   "client_id=a&x=1&client_id=a"u8.ToArray()),
    ];

    private static readonly byte[] s_tooMany = Encoding.ASCII.GetBytes(string.Join('&', Enumerable.Range(0, 1001).Select(i => $"p{i}=")));

    public static TheoryData<string> Forms => s_calls.Named(call => call.FormPath is not null);

    [Theory, MemberData(nameof(Forms))]
    public async Task A_body_that_cannot_be_parsed_has_its_answer(string name)
    {
        foreach (var (_, body) in s_bodies)
            await ShouldFailAsync(s_calls.Of(name), body, Failure.Unparsable);
    }

    [Theory, MemberData(nameof(Forms))]
    public Task A_thousand_and_one_parameters_are_too_many(string name) =>
        ShouldFailAsync(s_calls.Of(name), s_tooMany, Failure.TooManyParameters);

    /// <summary>RFC 6749 §3.1: what is not known is ignored, however often it comes (RFC 8707 §2 repeats one).</summary>
    [Theory, MemberData(nameof(Forms))]
    public async Task FC_11_an_unknown_name_may_stand_more_than_once(string name)
    {
        var path = s_calls.Of(name).FormPath!;
        var expected = await AnswerAsync(path, "x=1");

        foreach (var form in (string[])["x=1&x=1", "x=1&x=2&x=3", "y=1&resource=https%3A%2F%2Fa.example&resource=https%3A%2F%2Fb.example"])
            Assert.Equal(expected, await AnswerAsync(path, form));

        Assert.Equal(expected, await AnswerAsync($"{path}{(path.Contains('?') ? '&' : '?')}x=1&x=2", "y=1"));
    }

    /// <summary>Status and body, without the id of the request.</summary>
    private async Task<string> AnswerAsync(string path, string form)
    {
        using var content = new StringContent(form, Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await fixture.Server.Http.PostAsync(path, content);
        return $"{(int)response.StatusCode} " + (await response.Content.ReadAsStringAsync())
            .Replace(response.Headers.GetValues("X-Request-Id").Single(), "", StringComparison.Ordinal);
    }

    private async Task ShouldFailAsync(GoodCall call, byte[] body, Failure failure)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        await s_calls.ShouldFailAsync(fixture.Server, call, await fixture.Server.Http.PostAsync(call.FormPath, content), failure);
    }
}
