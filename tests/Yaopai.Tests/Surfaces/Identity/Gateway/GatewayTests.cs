using System.Text;
using System.Text.Json;
using Yaopai.Errors;
using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.Surfaces.Identity.Gateway;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Tests.Surfaces.Identity.Gateway;

/// <summary>The signed gateway over HTTP: its order of checks, its signature, its request ids, and what it does to people.</summary>
public sealed class GatewayTests(SharedServer shared) : IAsyncLifetime
{
    private const string Key = "the access key";

    private GatewayCaller _caller = null!;
    private Account _person = null!;

    public static TheoryData<string> Operations =>
    [
        "user/query", "user/create", "user/update", "user/recycle", "user/restore", "phone/change", "binding/query", "binding/unbind",
        "message/send",
    ];

    public static TheoryData<string> Writes =>
    [
        "user/create", "user/update", "user/recycle", "user/restore", "phone/change", "binding/unbind", "message/send",
    ];

    /// <summary>One mistake in a call that is otherwise good, in the order of the rules.</summary>
    public static TheoryData<string, string?, string> SystemMistakes { get; } = new()
    {
        { "appid",     null,                    "ParameterMissing" },
        { "appid",     "",                      "ParameterMissing" },
        { "datetime",  null,                    "ParameterMissing" },
        { "signature", null,                    "ParameterMissing" },
        { "requestid", "with space",            "ParameterMissing" },
        { "requestid", new string('r', 65),     "ParameterMissing" },
        { "format",    "yaml",                  "FormatUnsupported" },
        { "format",    "XML",                   "FormatUnsupported" },
        { "datetime",  "2026-11-26",            "DateTimeMalformed" },
        { "datetime",  "2026-13-26 12:00:00",   "DateTimeMalformed" },
        { "datetime",  "1795665600",            "DateTimeMalformed" },
        { "datetime",  new string('2', 10_000), "DateTimeMalformed" },
        { "datetime",  "2020-01-01 00:00:00",   "DateTimeOutsideWindow" },
        { "datetime",  "29991231235959",        "DateTimeOutsideWindow" },
        { "appid",     "1",                     "AppUnknown" },
        { "appid",     "app",                   "AppUnknown" },
        { "appid",     "99999999999999999999",  "AppUnknown" },
        { "signtype",  "SHA1",                  "SignTypeUnsupported" },
        { "signtype",  "md5",                   "SignTypeUnsupported" },
        { "signature", "0",                     "SignatureIncorrect" },
        { "signature", new string('A', 32),     "SignatureIncorrect" },
        { "signature", new string('A', 10_000), "SignatureIncorrect" },
    };

    public async ValueTask InitializeAsync()
    {
        _caller = new GatewayCaller(shared.Server, await shared.Server.NewAppAsync());
        _person = await _caller.NewPersonAsync(Key);
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory, MemberData(nameof(SystemMistakes))]
    public async Task Each_mistake_earns_its_own_error_in_every_operation(string parameter, string? value, string expected)
    {
        foreach (var path in Operations.Select(row => row.Data))
            await (await _caller.PostAsync(path, [.. Good(path), (parameter, value)])).ShouldBeAsync(Named(expected));
    }

    [Fact]
    public async Task Of_two_mistakes_the_first_of_the_order_is_told()
    {
        var rows = SystemMistakes.Select(row => row.Data).ToArray();
        foreach (var (earlier, later) in rows.InPairs(row => row.Item1, row => row.Item3))
        {
            var response = await _caller.PostAsync("user/query", (earlier.Item1, earlier.Item2), (later.Item1, later.Item2));
            await response.ShouldBeAsync(Named(earlier.Item3));
        }
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task Another_method_than_get_and_post_is_told_first(string path)
    {
        using var put = new HttpRequestMessage(HttpMethod.Put, GatewayCaller.Root + path + "?a=%zz");

        await (await shared.Server.Http.SendAsync(put)).ShouldBeAsync(E.Gateway.MethodUnsupported);
    }

    [Theory, MemberData(nameof(Writes))]
    public async Task What_changes_something_is_posted_and_that_is_told_before_anything_else(string path)
    {
        await (await _caller.GetAsync(path, Good(path))).ShouldBeAsync(E.Gateway.PostRequired);
        await (await shared.Server.Http.GetAsync(GatewayCaller.Root + path + "?a=%zz&a=1")).ShouldBeAsync(E.Gateway.PostRequired);
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task A_body_that_cannot_be_read_has_no_parameters(string path)
    {
        const string Form = "application/x-www-form-urlencoded", Json = "application/json";
        foreach (var (body, type) in new[] { ("a=%zz", Form), ("a=1&a=1", Form), ("{", Json), ("[1]", Json), ("<a/>", "application/xml") })
        {
            using var content = new StringContent(body, Encoding.UTF8, type);
            await (await shared.Server.Http.PostAsync(GatewayCaller.Root + path, content)).ShouldBeAsync(E.Gateway.ParameterMissing);
        }
    }

    [Theory, MemberData(nameof(Operations))]
    public async Task An_app_that_is_not_approved_for_it_cannot_call(string path)
    {
        var caller = new GatewayCaller(shared.Server, await shared.Server.NewAppAsync(it => it with { ApprovedScopes = [] }));

        await (await caller.PostAsync(path, Good(path))).ShouldBeAsync(E.Gateway.AppUnknown);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1190)]
    [InlineData(1190)]
    public async Task Twenty_minutes_either_way_are_accepted(int seconds) =>
        await OkAsync(await _caller.GetAsync("user/query", ("datetime", GatewayCaller.Now(TimeSpan.FromSeconds(seconds)))));

    [Theory]
    [InlineData(-1202)]
    [InlineData(1202)]
    public async Task And_no_second_more(int seconds) => await (
        await _caller.GetAsync("user/query", ("datetime", GatewayCaller.Now(TimeSpan.FromSeconds(seconds)))))
        .ShouldBeAsync(E.Gateway.DateTimeOutsideWindow);

    [Fact]
    public async Task Md5_is_meant_where_nothing_is_said_and_hmac_is_taken_in_either_case()
    {
        await OkAsync(await _caller.GetAsync("user/query", ("signtype", "MD5")));
        var signed = _caller.Sign([("signtype", "HMAC-SHA256")], SignatureMethod.HmacSha256);
        signed[^1].Value = signed[^1].Value!.ToLowerInvariant();

        await OkAsync(await shared.Server.Http.PostAsync(GatewayCaller.Root + "user/query", HuaweiCaller.Form(signed)));
    }

    [Fact]
    public void The_published_vectors_of_the_convention_are_signed_as_published()
    {
        KeyValuePair<string, string>[] parameters =
        [
            new("appid", "wxd930ea5d5a258f4f"), new("mch_id", "10000100"), new("device_info", "1000"), new("body", "test"),
            new("nonce_str", "ibuaiVcKdpRxkhJA"), new("empty", ""),
        ];
        var text = GatewaySignature.Scheme.BaseString(parameters, "signature");

        Assert.Equal("appid=wxd930ea5d5a258f4f&body=test&device_info=1000&mch_id=10000100&nonce_str=ibuaiVcKdpRxkhJA", text);
        Assert.Equal(
            "9a0a8659f005d6984697e2ca0a9cf3b7",
            GatewaySignature.Scheme.Sign(SignatureMethod.Md5, text, "192006250b4c09247ec02edce69f6a2d"));
        Assert.Equal(
            "6a9ae1657590fd6257d693a078e1c3e4bb6ba4dc30b23e0ee2496e54170dacd6",
            GatewaySignature.Scheme.Sign(SignatureMethod.HmacSha256, text, "192006250b4c09247ec02edce69f6a2d"));
    }

    /// <summary>Callers who take the whole text for parameters send the secret itself, under the name that it has there.</summary>
    [Theory]
    [InlineData("key")]
    [InlineData("secret")]
    [InlineData("client_secret")]
    [InlineData("access_token")]
    [InlineData("access_key")]
    [InlineData("password")]
    public void What_was_signed_is_explained_without_what_opens_something(string name)
    {
        var explained = GatewaySignature.Explain([new(name, "opens"), new("nonce", "1")], SignatureMethod.Md5, "", []).Text;
        Assert.Contains($"{name}=…", explained);
        Assert.Contains("nonce=1", explained);
        Assert.DoesNotContain("opens", explained);
    }

    [Theory]
    [InlineData("phone", "13912345678", "phone=139******78")]
    [InlineData("name", "韩梅梅", "name=***")]
    [InlineData("nickname", "a\r\ninfo: forged", @"nickname=a\u000d\u000ai*********ed")]
    [InlineData("a\nb", "x", @"a\u000ab=*")]
    [InlineData("provider", "\u001b[31m", @"provider=\u001b[31m")]
    public void What_was_signed_is_explained_without_what_is_personal_or_moves_the_terminal(string name, string value, string expected) =>
        Assert.Contains(expected, GatewaySignature.Explain([new(name, value)], SignatureMethod.Md5, "", []).Text);

    [Fact]
    public async Task A_changed_call_is_refused_whatever_was_changed()
    {
        var signed = _caller.Sign([("openid", _caller.OpenIdOf(_person)), ("nickname", "新名"), ("extra", "x")]);
        for (var at = 1; at < signed.Length - 1; at++) // the first is the appid, of which there may be no other
        {
            if (signed[at].Name is "datetime" or "appid")
                continue;
            var changed = ((string Name, string? Value)[])signed.Clone();
            changed[at].Value += "x";
            await ShouldRefuseAsync(changed);
            await ShouldRefuseAsync([.. signed.Where((_, i) => i != at)]);
        }

        await ShouldRefuseAsync([.. signed, ("more", "1")]);
        Assert.Equal("某人", (await shared.Server.Get<IAccountStore>().FindAsync(_person.Id, default))!.Nickname);

        async Task ShouldRefuseAsync((string Name, string? Value)[] form) =>
            await (await shared.Server.Http.PostAsync(GatewayCaller.Root + "user/update", HuaweiCaller.Form(form)))
                .ShouldBeAsync(E.Gateway.SignatureIncorrect);
    }

    [Fact]
    public async Task A_signature_is_used_once_also_by_ten_callers_at_once()
    {
        var signed = _caller.Sign([("openid", _caller.OpenIdOf(_person)), ("nickname", "once")]);

        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(async _ =>
            await CodeAsync(await shared.Server.Http.PostAsync(GatewayCaller.Root + "user/update", HuaweiCaller.Form(signed)))));

        Assert.Single(answers, "0");
        Assert.Equal(9, answers.Count(code => code is "API_SYS_REQSIGN"));
        signed[^1].Value = signed[^1].Value!.ToLowerInvariant(); // the same signature, written in another way
        await (await shared.Server.Http.PostAsync(GatewayCaller.Root + "user/update", HuaweiCaller.Form(signed)))
            .ShouldBeAsync(E.Gateway.SignatureIncorrect);
    }

    [Fact]
    public async Task A_request_id_is_done_once_and_answered_as_at_first()
    {
        var name = $"created {Guid.NewGuid():n}";
        var first = await (await _caller.PostAsync("user/create", ("name", name), ("requestid", "r:1"))).Content.ReadAsStringAsync();
        var again = await (await _caller.PostAsync("user/create", ("name", name), ("requestid", "r:1"))).Content.ReadAsStringAsync();

        Assert.Contains("\"code\":\"0\"", first);
        Assert.Equal(first, again);
        await (await _caller.PostAsync("user/create", ("name", $"{name}x"), ("requestid", "r:1")))
            .ShouldBeAsync(E.Gateway.ParameterMissing);
        await (await _caller.PostAsync("user/update", ("name", name), ("requestid", "r:1"))).ShouldBeAsync(E.Gateway.ParameterMissing);
    }

    [Fact]
    public async Task The_same_request_of_ten_callers_makes_one_person()
    {
        var name = $"created {Guid.NewGuid():n}";
        (string, string?)[] request = [("name", name), ("requestid", "r-2"), ("nonce", "n"), ("password", "a good password")];

        var codes = await Task.WhenAll(Enumerable.Range(0, 10).Select(async i => await CodeAsync(
            await _caller.PostAsync("user/create", [.. request, ("datetime", GatewayCaller.Now(TimeSpan.FromSeconds(i)))]))));

        Assert.All(codes, code => Assert.Contains(code, new[] { "0", "SYS_ERR" })); // done, or being done
        Assert.Contains("0", codes);
        Assert.Equal("0", await CodeAsync(
            await _caller.PostAsync("user/create", [.. request, ("datetime", GatewayCaller.Now(TimeSpan.FromSeconds(20)))])));
    }

    [Fact]
    public async Task A_refused_request_leaves_its_id_free()
    {
        await (await _caller.PostAsync("user/create", ("requestid", "r3"))).ShouldBeAsync(E.Gateway.ParameterMissing);

        await OkAsync(await _caller.PostAsync("user/create", ("name", $"created {Guid.NewGuid():n}"), ("requestid", "r3")));
    }

    [Fact]
    public async Task Answers_and_refusals_come_in_xml_where_it_is_asked_for()
    {
        var answer = await (await _caller.GetAsync("user/query", ("format", "xml"))).Content.ReadAsStringAsync();
        Assert.Contains("<response><code>0</code>", answer);
        Assert.Contains($"<openid>{_caller.OpenIdOf(_person)}</openid>", answer);

        var refused = await _caller.GetAsync("user/query", ("format", "xml"), ("signature", "0"));
        Assert.Equal("application/xml; charset=utf-8", refused.Content.Headers.ContentType!.ToString());
        Assert.Contains("<response><code>API_SYS_REQSIGN</code>", await refused.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Headers_stand_in_for_system_parameters_and_json_for_a_form()
    {
        var signed = _caller.Sign([("openid", _caller.OpenIdOf(_person))]).ToDictionary(one => one.Name, one => one.Value!);
        using var request = new HttpRequestMessage(HttpMethod.Post, GatewayCaller.Root + "user/query");
        request.Headers.Add("X-Api-Appid", signed["appid"]);
        request.Headers.Add("X-Api-Datetime", signed["datetime"]);
        request.Headers.Add("X-Api-Signature", signed["signature"]);
        request.Headers.Add("X-Api-Nonce", signed["nonce"]);
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { openid = signed["openid"] }), Encoding.UTF8, "application/json");

        var data = await OkAsync(await shared.Server.Http.SendAsync(request));

        Assert.Equal(_person.Name, data.GetProperty("users")[0].GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_app_sees_the_people_it_knows_and_nobody_else()
    {
        Assert.Equal(1, Count(await OkAsync(await _caller.GetAsync("user/query", ("name", _person.Name)))));
        Assert.Equal(0, Count(await OkAsync(await _caller.GetAsync("user/query", ("name", "mainland")))));
        Assert.Equal(0, Count(await OkAsync(await _caller.GetAsync("user/query", ("phone", "+8611136000008")))));
        Assert.Equal(0, Count(await OkAsync(await _caller.GetAsync("user/query", ("id", "900001")))));

        var all = new GatewayCaller(shared.Server, await shared.Server.NewAppAsync(it => it with
        {
            ApprovedScopes = [.. it.ApprovedScopes, "user_manage_all"],
        }));
        var people = await OkAsync(await all.GetAsync("user/query", ("phone", "11136000008")));
        Assert.Equal("900001", people.GetProperty("users")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Pages_show_everybody_once_and_no_account_by_its_id()
    {
        List<Account> people = [_person];
        while (people.Count < 5)
            people.Add(await _caller.NewPersonAsync());
        var seen = new List<string>();
        var after = "";
        do
        {
            var page = await OkAsync(await _caller.GetAsync("user/query", ("size", "2"), ("after", after is "" ? null : after)));
            seen.AddRange(page.GetProperty("users").EnumerateArray().Select(user => user.GetProperty("openid").GetString()!));
            after = page.GetProperty("next").GetString()!;
            Assert.DoesNotContain(people, person => after.EndsWith($"{person.Id}", StringComparison.Ordinal));
        }
        while (after is not "");

        Assert.Equal(5, seen.Count);
        Assert.Equal(5, seen.Distinct().Count());
    }

    [Theory]
    [InlineData("size", "0", "ParameterMissing")]
    [InlineData("size", "101", "ParameterMissing")]
    [InlineData("size", "many", "ParameterMissing")]
    [InlineData("after", "nonsense", "ParameterMissing")]
    public async Task A_query_says_what_of_it_is_wrong(string parameter, string value, string expected) =>
        await (await _caller.GetAsync("user/query", (parameter, value))).ShouldBeAsync(Named(expected));

    [Theory]
    [InlineData("name", null, "Gateway.ParameterMissing")]
    [InlineData("name", "\u0001", "Gateway.ParameterMissing")]
    [InlineData("name", "mainland", "Gateway.ParameterMissing")]
    [InlineData("password", "short", "Gateway.ParameterMissing")]
    [InlineData("password", "password1", "Gateway.ParameterMissing")]
    [InlineData("avatar_url", "http://a.example/", "Gateway.ParameterMissing")]
    [InlineData("email", "nobody", "Gateway.ParameterMissing")]
    [InlineData("region", "cn", "Gateway.ParameterMissing")]
    [InlineData("birthday", "yesterday", "Gateway.ParameterMissing")]
    [InlineData("phone", "12012345678", "User.PhoneNumberMalformed")]
    [InlineData("phone", "+85261234567", "User.PhoneNumberTaken")]
    public async Task Creating_says_what_is_wrong_and_makes_nobody(string parameter, string? value, string expected)
    {
        var name = $"nobody {Guid.NewGuid():n}";
        var response = await _caller.PostAsync(
            "user/create", [.. new (string, string?)[] { ("name", name) }.Where(_ => parameter is not "name"), (parameter, value)]);

        await response.ShouldBeAsync(E.All.Single(error => $"{error.Operation}.{error.Name}" == expected));
        Assert.Null(await shared.Server.Get<IAccountStore>().FindByNameAsync(name, default));
    }

    [Theory]
    [InlineData("openid", null, "Gateway.ParameterMissing")]
    [InlineData("openid", "somebody", "Common.OpenIdUnknown")]
    [InlineData("nickname", null, "Gateway.ParameterMissing")]
    [InlineData("clear", "name", "Gateway.ParameterMissing")]
    [InlineData("email", "nobody", "Gateway.ParameterMissing")]
    public async Task Updating_says_what_is_wrong(string parameter, string? value, string expected)
    {
        (string Name, string? Value)[] good = [("openid", _caller.OpenIdOf(_person)), ("nickname", "新")];

        await (await _caller.PostAsync("user/update", [.. good.Where(one => one.Name != parameter), (parameter, value)]))
            .ShouldBeAsync(E.All.Single(error => $"{error.Operation}.{error.Name}" == expected));
    }

    [Fact]
    public async Task Fields_are_set_and_cleared()
    {
        var openId = _caller.OpenIdOf(_person);
        await OkAsync(await _caller.PostAsync("user/update", ("openid", openId), ("email", "a@b.example"), ("job", "teacher")));
        var user = await OkAsync(await _caller.PostAsync("user/update", ("openid", openId), ("clear", "nickname,job")));

        Assert.Equal("", user.GetProperty("nickname").GetString());
        Assert.Equal("a@b.example", user.GetProperty("email").GetString());
        Assert.False(user.GetProperty("profile").TryGetProperty("job", out _));
    }

    [Theory]
    [InlineData("openid", "somebody", "Common.OpenIdUnknown")]
    [InlineData("access_key", null, "Gateway.ParameterMissing")]
    [InlineData("access_key", "another", "Gateway.AppUnknown")]
    [InlineData("phone", null, "Gateway.ParameterMissing")]
    [InlineData("phone", "12345", "User.PhoneNumberMalformed")]
    [InlineData("phone", "+85261234567", "User.PhoneNumberTaken")]
    public async Task Changing_a_number_says_what_is_wrong(string parameter, string? value, string expected)
    {
        (string Name, string? Value)[] good =
            [("openid", _caller.OpenIdOf(_person)), ("access_key", Key), ("phone", "13800000000")];

        await (await _caller.PostAsync("phone/change", [.. good.Where(one => one.Name != parameter), (parameter, value)]))
            .ShouldBeAsync(E.All.Single(error => $"{error.Operation}.{error.Name}" == expected));
    }

    [Fact]
    public async Task A_person_without_an_access_key_is_changed_by_nobody_and_one_with_it_gets_the_number()
    {
        var phone = $"139{Storage.Samples.NewId() % 100_000_000:D8}";
        var keyless = await _caller.NewPersonAsync();
        await (await _caller.PostAsync("phone/change", ("openid", _caller.OpenIdOf(keyless)), ("access_key", Key), ("phone", phone)))
            .ShouldBeAsync(E.Gateway.AccessKeyMissing);

        var user = await OkAsync(
            await _caller.PostAsync("phone/change", ("openid", _caller.OpenIdOf(_person)), ("access_key", Key), ("phone", phone)));

        Assert.Equal($"+86{phone}", user.GetProperty("phone").GetString());
    }

    private (string Name, string? Value)[] Good(string path) => path switch
    {
        "user/create" => [("name", $"good {Guid.NewGuid():n}")],
        "user/update" => [("openid", _caller.OpenIdOf(_person)), ("nickname", "新")],
        "user/recycle" or "user/restore" => [("openid", _caller.OpenIdOf(_person))],
        "binding/query" or "binding/unbind" => [("openid", _caller.OpenIdOf(_person)), ("access_key", Key)],
        "message/send" => [("openid", _caller.OpenIdOf(_person)), ("text", "hello")],
        "phone/change" => [("openid", _caller.OpenIdOf(_person)), ("access_key", Key), ("phone", "13800000001")],
        _ => [],
    };

    private static ErrorDefinition Named(string name) => E.Gateway.All.Single(error => error.Name == name);

    private static int Count(JsonElement data) => data.GetProperty("users").GetArrayLength();

    private static async Task<string> CodeAsync(HttpResponseMessage response) =>
        (await response.JsonAsync()).GetProperty("code").GetString()!;

    private static async Task<JsonElement> OkAsync(HttpResponseMessage response)
    {
        var json = await response.JsonAsync();
        Assert.True(json.TryGetProperty("code", out var code) && code.GetString() is "0", json.ToString());
        return json.GetProperty("data");
    }
}
