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
        ("a name twice",             "token=a&token=b"u8.ToArray()),
        ("a name twice, encoded",    "token=a&%74oken=b"u8.ToArray()),
        ("an unknown name twice",    "x=1&x=1"u8.ToArray()),
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

    private async Task ShouldFailAsync(GoodCall call, byte[] body, Failure failure)
    {
        using var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");

        await s_calls.ShouldFailAsync(fixture.Server, call, await fixture.Server.Http.PostAsync(call.FormPath, content), failure);
    }
}
