using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Yaopai.Errors;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway.Signing;
using Yaopai.Server.Storage.Sql;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Tests.Surfaces.OpenApi.Calls;

/// <summary>Who is let in to a method, and in which order that is found out.</summary>
public sealed class AdmissionTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private const string Method = "passport/users/getLoggedInUser";
    private const string OfApp = "passport/users/isAppUser";

    private readonly OpenCaller _demo = new(fixture.Server);
    private readonly OpenCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    /// <summary>One mistake in a call of an app that is otherwise signed well, and what it earns.</summary>
    public static TheoryData<string, string?, string> SigningMistakes { get; } = new()
    {
        { "client_id",   "abc",                          nameof(E.ApiKeyUnknown) },
        { "client_id",   "999",                          nameof(E.ApiKeyUnknown) },
        { "client_id",   "1000000010000000001",          nameof(E.ApiKeyUnknown) },
        { "sign_method", "sha1",                         nameof(E.SignatureMethodUnsupported) },
        { "sign_method", "MD5",                          nameof(E.SignatureMethodUnsupported) },
        { "timestamp",   null,                           nameof(E.TimestampInvalid) },
        { "timestamp",   "",                             nameof(E.TimestampInvalid) },
        { "timestamp",   "now",                          nameof(E.TimestampInvalid) },
        { "timestamp",   "2011-06-21T17:18:09",          nameof(E.TimestampInvalid) },
        { "timestamp",   "2011-06-21 17:18:09",          nameof(E.TimestampInvalid) },
        { "timestamp",   "2011-13-21 17:18:09",          nameof(E.TimestampInvalid) },
        { "timestamp",   "99999999999",                  nameof(E.TimestampInvalid) },
        { "timestamp",   "-1",                           nameof(E.TimestampInvalid) },
        { "timestamp",   "999999999999",                 nameof(E.TimestampInvalid) },
        { "sign",        null,                           nameof(E.SignatureIncorrect) },
        { "sign",        "",                             nameof(E.SignatureIncorrect) },
        { "sign",        "0123456789abcdef0123456789abcdef", nameof(E.SignatureIncorrect) },
        { "uid",         "900002",                       nameof(E.SignatureIncorrect) }, // changed after it was signed
        { "more",        "1",                            nameof(E.SignatureIncorrect) }, // added after it was signed
        { "client_id",   null,                           nameof(E.ParameterMalformed) },
        { "client_id",   "",                             nameof(E.ParameterMalformed) },
    };

    [Theory, MemberData(nameof(SigningMistakes))]
    public async Task Each_mistake_in_a_signed_call_earns_its_own_error(string parameter, string? value, string expected) =>
        await (await SignedAsync((parameter, value))).ShouldBeAsync(Named(expected));

    /// <summary>Without a key nothing is signed, so that neither signature nor time are looked at.</summary>
    [Fact]
    public async Task Of_two_mistakes_in_a_signed_call_the_earlier_rule_answers() => await Assert.AllAsync(
        SigningMistakes.Select(row => row.Data).Where(row => row.Item3 is not nameof(E.ParameterMalformed))
            .InPairs(row => row.Item1, row => row.Item3),
        async pair => await (await SignedAsync((pair.Earlier.Item1, pair.Earlier.Item2), (pair.Later.Item1, pair.Later.Item2)))
            .ShouldBeAsync(Named(pair.Earlier.Item3)));

    /// <summary>What is wrong is signed like everything else, unless the signature itself is what is wrong.</summary>
    private Task<HttpResponseMessage> SignedAsync(params (string Parameter, string? Value)[] mistakes)
    {
        (string Name, string? Value)[] call = [("client_id", _demo.ClientId), ("timestamp", OpenCaller.Now()), ("uid", "900001")];
        foreach (var (parameter, value) in mistakes.Where(mistake => !IsAfter(mistake.Parameter)))
            call = Changed(call, parameter, value);

        call = OpenCaller.Sign(_demo.App.ClientSecret, "sign", call);
        foreach (var (parameter, value) in mistakes.Where(mistake => IsAfter(mistake.Parameter)))
            call = Changed(call, parameter, value);

        return _demo.PostAsync(OpenCaller.Rest + OfApp, call);

        static bool IsAfter(string parameter) => parameter is "sign" or "uid" or "more";
    }

    [Fact]
    public async Task Both_methods_both_ways_to_say_the_time_and_both_readings_of_empty_values_are_taken()
    {
        var seconds = DateTimeOffset.UtcNow.ToUnixTimeSeconds().ToString();
        (string, string?)[] call = [("api_key", _demo.ClientId), ("timestamp", seconds), ("uid", "900001"), ("sign_method", "hmac-sha256")];
        await (await _demo.PostAsync(OpenCaller.Rest + OfApp,
            OpenCaller.Sign(_demo.App.ClientSecret, "sign", call, SignatureMethod.HmacSha256))).ShouldSucceedAsync(E.Ok);

        (string, string?)[] empty = [("api_key", _demo.ClientId), ("appid", ""), ("timestamp", OpenCaller.Now()), ("uid", "900001")];
        foreach (var withEmpty in new[] { true, false })
        {
            var sign = Signature.Scheme.Sign(SignatureMethod.Md5, Signature.Scheme.BaseString(
                empty.Append(("nonce", $"{withEmpty}")).Select(one => KeyValuePair.Create(one.Item1, one.Item2!)), "sign", withEmpty),
                _demo.App.ClientSecret);
            await (await _demo.PostAsync(OpenCaller.Rest + OfApp, [.. empty, ("nonce", $"{withEmpty}"), ("sign", sign)]))
                .ShouldSucceedAsync(E.Ok);
        }
    }

    [Fact]
    public async Task L1_a_signed_call_has_no_parameter_that_its_method_does_not_know()
    {
        await (await _demo.AppSignedAsync(OfApp, ("uid", "900001"), ("more", "1"))).ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.AppSignedAsync(OfApp, ("uid", "900001"), ("", "zzz"))).ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.AppSignedAsync("passport/auth/revokeAuthorization", ("uid", "900004"), ("appid", "1")))
            .ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.AppSignedAsync("data/getHashValue", ("obj_type", "book"), ("key", "userA"), ("kz", "1")))
            .ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.AppSignedAsync(OfApp, ("uid", "900001"), ("format", "json"))).ShouldSucceedAsync(E.Ok);
        await (await _demo.CallAsync(OfApp, (await _demo.TokensAsync()).Access, ("more", "1"))).ShouldSucceedAsync(E.Ok); // not signed
    }

    [Fact]
    public async Task FC_56_a_token_may_come_in_the_header()
    {
        var (token, other) = ((await _demo.TokensAsync()).Access, (await _demo.TokensAsync("hongkong")).Access);

        await (await BearerAsync(Method, token)).ShouldSucceedAsync(E.Ok);
        await (await BearerAsync($"{Method}?access_token={token}", token)).ShouldSucceedAsync(E.Ok);
        await (await BearerAsync($"{OfApp}?client_id=100000002", token)).ShouldSucceedAsync(E.Ok);
        await (await BearerAsync($"{Method}?access_token={token}", other)).ShouldBeAsync(E.ParameterMalformed);
        await (await BearerAsync(Method, "forged")).ShouldBeAsync(E.AccessTokenInvalid);
        Assert.Contains("\"userid\"", await (await BearerAsync("../../oauth/2.0/tokeninfo", token)).Content.ReadAsStringAsync());
    }

    private Task<HttpResponseMessage> BearerAsync(string method, string token) => fixture.Server.Http.SendAsync(
        new HttpRequestMessage(HttpMethod.Get, OpenCaller.Rest + method) { Headers = { { "Authorization", "bearer " + token } } });

    [Fact]
    public async Task A_session_signs_with_its_own_secret()
    {
        var session = await _demo.TokensAsync();

        await (await _demo.SignedAsync(Method, session)).ShouldSucceedAsync(E.Ok);
        await (await _demo.SignedAsync(Method, session with { SessionSecret = _demo.App.ClientSecret }))
            .ShouldBeAsync(E.SignatureIncorrect);
        await (await _demo.SignedAsync(Method, session with { SessionKey = session.SessionKey[..^4] + "AAAA" }))
            .ShouldBeAsync(E.AccessTokenInvalid);
        await (await _demo.SignedAsync(Method, session with { SessionKey = session.Access })).ShouldBeAsync(E.AccessTokenInvalid);
        await (await _demo.CallAsync(Method, session.SessionKey)).ShouldBeAsync(E.AccessTokenInvalid);
    }

    [Fact]
    public async Task A_signed_call_is_good_once_on_every_node_and_a_wrong_signature_uses_nothing_up()
    {
        await using var other = await TestServer.StartAsync(fixture.Engine);
        var signed = OpenCaller.Sign(
            _demo.App.ClientSecret, "sign", [("client_id", _demo.ClientId), ("timestamp", OpenCaller.Now()), ("uid", "900001")]);

        await (await _demo.PostAsync(OpenCaller.Rest + OfApp, Changed(signed, "uid", "900002"))).ShouldBeAsync(E.SignatureIncorrect);
        await (await _demo.PostAsync(OpenCaller.Rest + OfApp, signed)).ShouldSucceedAsync(E.Ok);
        await (await _demo.PostAsync(OpenCaller.Rest + OfApp, signed)).ShouldBeAsync(E.TimestampInvalid);
        await (await new OpenCaller(other).PostAsync(OpenCaller.Rest + OfApp, signed)).ShouldBeAsync(E.TimestampInvalid);
        await (await _demo.PostAsync(OpenCaller.Rest + OfApp, [.. signed, ("empty", "")])).ShouldBeAsync(E.TimestampInvalid);
    }

    [Fact]
    public async Task Of_ten_equal_calls_at_once_one_is_taken()
    {
        var signed = OpenCaller.Sign(
            _demo.App.ClientSecret, "sign", [("client_id", _demo.ClientId), ("timestamp", OpenCaller.Now()), ("uid", "900001")]);

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 10).Select(async _ => await (await _demo.PostAsync(OpenCaller.Rest + OfApp, signed)).CodeOfAsync()));

        Assert.Equal(1, answers.Count(answer => answer is "200 http 200"));
        Assert.Equal(9, answers.Count(answer => answer is "200 error_code 107"));
    }

    [Theory]
    [InlineData("PT9M50S", true)]
    [InlineData("PT10M10S", false)]
    [InlineData("-PT10M10S", false)]
    public async Task The_window_is_ten_minutes_of_the_apps_own_time(string moved, bool holds)
    {
        await _sibling.AdvanceAsync(moved);
        var response = await _sibling.AppSignedAsync(OfApp, ("uid", "900001"));
        await _sibling.ResetClockAsync();

        if (holds)
            await response.ShouldSucceedAsync(E.Ok);
        else
            await response.ShouldBeAsync(E.TimestampInvalid);
    }

    [Theory]
    [InlineData("2030-01-01 03:00:00", "2030-01-01 03:00:00", true)]
    [InlineData("2030-01-01 03:00:00", "2030-01-01 15:00:00", true)]
    [InlineData("2030-01-01 03:00:00", "2030-01-01 15:09:50", true)]
    [InlineData("2030-01-01 03:00:00", "2030-01-01 14:49:40", false)]
    [InlineData("2030-01-01 03:00:00", "2030-01-01 15:10:10", false)]
    [InlineData("2030-01-01 03:00:00", "2029-12-31 15:00:00", false)]
    [InlineData("2030-01-01 03:00:00", "2030-01-02 03:00:00", false)]
    [InlineData("2030-01-01 01:00:00", "2030-01-01 13:00:00", true)]
    [InlineData("2030-01-01 11:59:59", "2030-01-02 00:00:00", true)]
    [InlineData("2030-01-01 12:30:00", "2030-01-01 12:30:00", true)]
    [InlineData("2030-01-01 12:30:00", "2030-01-01 00:30:00", true)]
    [InlineData("2030-01-01 12:30:00", "2030-01-02 00:30:00", false)]
    [InlineData("2030-01-01 00:30:00", "2030-01-01 12:30:00", false)]
    [InlineData("2030-01-01 13:00:00", "2030-01-01 01:00:00", false)]
    [InlineData("1893438000", "2030-01-01 03:00:00", true)]
    [InlineData("1893438000", "2030-01-01 15:00:00", false)]
    public async Task A_date_may_leave_open_which_half_of_the_day_it_means_and_seconds_leave_nothing_open(
        string timestamp, string now, bool holds)
    {
        await SetClockAsync(now);
        var response = await _sibling.PostAsync(OpenCaller.Rest + OfApp, Dated(timestamp));
        await _sibling.ResetClockAsync();

        if (holds)
            await response.ShouldSucceedAsync(E.Ok);
        else
            await response.ShouldBeAsync(E.TimestampInvalid);
    }

    [Theory]
    [InlineData("2030-01-01 15:00:00")]
    [InlineData("2030-01-01 03:00:00")]
    [InlineData("2030-01-01 02:50:10")]
    public async Task A_call_that_was_taken_in_one_half_of_the_day_is_used_in_the_other_too(string first)
    {
        var signed = Dated("2030-01-01 03:00:00");
        await SetClockAsync(first);
        await (await _sibling.PostAsync(OpenCaller.Rest + OfApp, signed)).ShouldSucceedAsync(E.Ok);

        // The claim outlives the longest time in which the call could come again:
        // from the first moment of the one half to the last of the other.
        await fixture.Server.Get<SqlPurge>().RunAsync(DateTimeOffset.UtcNow.AddHours(12).AddMinutes(20), default);
        foreach (var later in new[] { first, "2030-01-01 03:00:00", "2030-01-01 03:09:50", "2030-01-01 15:00:00", "2030-01-01 15:09:50",
            "2030-01-02 03:00:00", "2030-01-02 15:00:00" })
        {
            await SetClockAsync(later);
            await (await _sibling.PostAsync(OpenCaller.Rest + OfApp, signed)).ShouldBeAsync(E.TimestampInvalid);
        }

        await _sibling.ResetClockAsync();
    }

    [Fact]
    public async Task An_app_that_does_not_sign_has_no_secret_that_would_do()
    {
        await ChangeAsync(_sibling, app => app with { SigningSecrets = [] });
        var without = await _sibling.AppSignedAsync(OfApp, ("uid", "900001"));
        await ChangeAsync(
            _sibling, app => app with { SigningSecrets = [fixture.Server.Get<SigningSecrets>().Seal(app.Id, _sibling.App.ClientSecret)] });

        await without.ShouldBeAsync(E.SignatureIncorrect);
        await (await _sibling.AppSignedAsync(OfApp, ("uid", "900001"))).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task A_token_is_invalid_when_it_is_none_anothers_changed_or_revoked()
    {
        var tokens = await _demo.TokensAsync();
        var huawei = (await new HuaweiCaller(fixture.Server).SignInAsync()).Access;
        foreach (var text in new[]
        {
            "x", "1.2.3.4-5-6", huawei, tokens.Access + "0", tokens.Access.Replace("21.", "24.", StringComparison.Ordinal)
        })
            await (await _demo.CallAsync(Method, text)).ShouldBeAsync(E.AccessTokenInvalid);

        await (await _demo.CallAsync(Method, tokens.Access)).ShouldSucceedAsync(E.Ok);
        await _demo.WithdrawAsync("mainland");
        await (await _demo.CallAsync(Method, tokens.Access)).ShouldBeAsync(E.AccessTokenInvalid);
        await (await _demo.SignedAsync(Method, tokens)).ShouldBeAsync(E.AccessTokenInvalid);
    }

    [Fact]
    public async Task A_token_past_its_time_is_expired()
    {
        var tokens = await _sibling.TokensAsync();
        await _sibling.AdvanceAsync("P31D");
        var (byToken, bySession) = (await _sibling.CallAsync(Method, tokens.Access), await _sibling.PostAsync(
            OpenCaller.Rest + Method, OpenCaller.Sign(
                tokens.SessionSecret, "sign",
                [("session_key", tokens.SessionKey), ("timestamp", DateTimeOffset.UtcNow.AddDays(31).ToUnixTimeSeconds().ToString())])));
        await _sibling.ResetClockAsync();

        await byToken.ShouldBeAsync(E.AccessTokenExpired);
        await bySession.ShouldBeAsync(E.AccessTokenExpired);
    }

    [Fact]
    public async Task A_token_whose_app_was_deleted_speaks_for_no_application()
    {
        var stranger = new OpenCaller(fixture.Server, HuaweiCaller.Stranger);
        var tokens = await stranger.TokensAsync();
        await fixture.Engine.ExecuteAsync("UPDATE app SET id = -200000001 WHERE id = 200000001");
        fixture.Server.Get<AppDirectory>().Clear();
        var (byToken, bySession) = (await stranger.CallAsync(Method, tokens.Access), await stranger.SignedAsync(Method, tokens));
        await fixture.Engine.ExecuteAsync("UPDATE app SET id = 200000001 WHERE id = -200000001");
        fixture.Server.Get<AppDirectory>().Clear();

        await byToken.ShouldBeAsync(E.ApplicationUnknown);
        await bySession.ShouldBeAsync(E.ApplicationUnknown);
    }

    [Fact]
    public async Task A_disabled_app_has_no_key_that_counts()
    {
        var tokens = await _sibling.TokensAsync();
        await ChangeAsync(_sibling, app => app with { DisabledAt = DateTimeOffset.UnixEpoch });
        HttpResponseMessage[] answers =
        [
            await _sibling.CallAsync(Method, tokens.Access), await _sibling.SignedAsync(Method, tokens),
            await _sibling.AppSignedAsync(OfApp, ("uid", "900001")),
            await _sibling.PostAsync("/open/public/2.0/iplib/query", ("client_id", _sibling.ClientId), ("ip", "192.0.2.1")),
        ];
        await ChangeAsync(_sibling, app => app with { DisabledAt = null });

        foreach (var answer in answers)
            await answer.ShouldBeAsync(E.ApiKeyUnknown);
    }

    [Fact]
    public async Task An_app_with_an_allowlist_is_let_in_from_there_alone()
    {
        var tokens = await _sibling.TokensAsync();
        await ChangeAsync(_sibling, app => app with { Allowlist = [IPNetwork.Parse("192.0.2.0/24")] });
        var elsewhere = await _sibling.CallAsync(Method, tokens.Access);
        await ChangeAsync(_sibling, app => app with { Allowlist = [IPNetwork.Parse("127.0.0.0/8"), IPNetwork.Parse("::1/128")] });
        var here = await _sibling.CallAsync(Method, tokens.Access);
        await ChangeAsync(_sibling, app => app with { Allowlist = [] });

        await elsewhere.ShouldBeAsync(E.IpAddressForbidden);
        await here.ShouldSucceedAsync(E.Ok);
    }

    [Theory]
    [InlineData("https://app.example/page?a=1", true)]
    [InlineData("http://WWW.app.example:8080/", true)]
    [InlineData("https://notapp.example/", false)]
    [InlineData("https://app.example.evil.example/", false)]
    [InlineData("https://evil.example/?app.example", false)]
    [InlineData("https://app.example@evil.example/", false)]
    [InlineData("file:///app.example", false)]
    [InlineData("app.example", false)]
    [InlineData(null, false)]
    public async Task An_app_that_says_which_pages_may_call_is_called_by_no_other(string? referer, bool allowed)
    {
        var tokens = await _sibling.TokensAsync();
        await ChangeAsync(_sibling, app => app with { Referers = ["app.example"] });
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{OpenCaller.Rest}{Method}?access_token={tokens.Access}");
        if (referer is not null)
            request.Headers.TryAddWithoutValidation("Referer", referer);
        var response = await fixture.Server.Http.SendAsync(request);
        await ChangeAsync(_sibling, app => app with { Referers = [] });

        if (allowed)
            await response.ShouldSucceedAsync(E.Ok);
        else
            await response.ShouldBeAsync(E.RefererForbidden);
    }

    [Theory]
    [InlineData(99, null)]
    [InlineData(100, nameof(E.TooManyParameters))]
    [InlineData(1001, nameof(E.TooManyParameters))]
    public async Task More_than_a_hundred_parameters_are_too_many(int more, string? expected)
    {
        var tokens = await _demo.TokensAsync();

        var response = await _demo.CallAsync(
            Method, tokens.Access, [.. Enumerable.Range(0, more).Select(number => ($"p{number}", (string?)"1"))]);

        if (expected is null)
            await response.ShouldSucceedAsync(E.Ok);
        else
            await response.ShouldBeAsync(Named(expected));
    }

    [Fact]
    public async Task Too_many_items_of_a_list_are_said_before_anything_of_signature_and_token()
    {
        var many = string.Join(',', Enumerable.Range(0, 21).Select(number => $"192.0.2.{number}"));
        (string Path, string Name, string Value)[] calls =
        [
            (OpenCaller.Rest + "friends/areFriends", "uids1", many),
            (OpenCaller.Rest + "friends/areFriends", "uids2", many),
            (OpenCaller.Rest + "iplib/query", "ip", many),
            ("/open/batch/run", "method", $"[{string.Join(',', Enumerable.Repeat("{}", 21))}]"),
        ];
        foreach (var (path, name, value) in calls)
        {
            await (await _demo.PostAsync(path, ("access_token", "x"), (name, value))).ShouldBeAsync(E.TooManyParameters);
            await (await _demo.PostAsync(path, ("client_id", _demo.ClientId), ("sign_method", "x"), ("sign", "x"), (name, value)))
                .ShouldBeAsync(E.TooManyParameters);
            await (await _demo.PostAsync(path, ("client_id", "5"), (name, value))).ShouldBeAsync(E.ApiKeyUnknown);
        }
    }

    [Fact]
    public async Task Without_any_credential_the_token_is_missing_and_on_public_paths_the_key_is()
    {
        await (await _demo.PostAsync(OpenCaller.Rest + Method)).ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.PostAsync(OpenCaller.Rest + Method, ("access_token", ""))).ShouldBeAsync(E.ParameterMalformed);
        await (await _demo.PostAsync("/open/public/2.0/iplib/query", ("ip", "192.0.2.1"))).ShouldBeAsync(E.ApiKeyUnknown);
    }

    [Fact]
    public async Task What_needs_a_person_or_a_permission_is_not_for_an_app_alone_or_without_it()
    {
        var ofApp = await _demo.TokensAsync(user: null);
        await (await _demo.CallAsync(Method, ofApp.Access)).ShouldBeAsync(E.UserDataForbidden);
        await (await _demo.AppSignedAsync(Method)).ShouldBeAsync(E.UserDataForbidden);

        var emailAlone = await _demo.TokensAsync(scope: "email");
        await (await _demo.CallAsync(Method, emailAlone.Access)).ShouldBeAsync(E.UserDataForbidden);
        await (await _demo.CallAsync("friends/getFriends", emailAlone.Access)).ShouldBeAsync(E.UserDataForbidden);
    }

    [Fact]
    public async Task The_first_thing_wrong_in_the_promised_order_is_what_is_said()
    {
        // Everything is wrong at once, and is mended one by one from the front.
        await ChangeAsync(_sibling, app => app with { Allowlist = [IPNetwork.Parse("192.0.2.0/24")], Referers = ["app.example"] });
        var fields = new Dictionary<string, string?>
        {
            ["client_id"] = "5",
            ["sign_method"] = "x",
            ["timestamp"] = "x",
            ["sign"] = "x",
            ["uid"] = "x",
            ["format"] = "x",
        };
        for (var i = 0; i < 100; i++)
            fields[$"p{i}"] = "1";

        await SaysAsync(E.ApiKeyUnknown);
        fields["client_id"] = _sibling.ClientId;
        await SaysAsync(E.IpAddressForbidden);
        await ChangeAsync(_sibling, app => app with { Allowlist = [] });
        await SaysAsync(E.RefererForbidden);
        await ChangeAsync(_sibling, app => app with { Referers = [] });
        await SaysAsync(E.TooManyParameters);
        for (var i = 0; i < 100; i++)
            fields.Remove($"p{i}");
        await SaysAsync(E.SignatureMethodUnsupported);
        fields["sign_method"] = "md5";
        await SaysAsync(E.TimestampInvalid);
        fields["timestamp"] = OpenCaller.Now();
        await SaysAsync(E.SignatureIncorrect);
        Sign();
        await SaysAsync(E.ParameterMalformed);
        (fields["format"], fields["uid"]) = ("json", "900001");
        Sign();
        await (await PostAsync()).ShouldSucceedAsync(E.Ok);

        Task<HttpResponseMessage> PostAsync() =>
            _sibling.PostAsync(OpenCaller.Rest + OfApp, [.. fields.Select(field => (field.Key, field.Value))]);
        async Task SaysAsync(ErrorDefinition expected) => await (await PostAsync()).ShouldBeAsync(expected);
        void Sign() => fields["sign"] = Signature.Scheme.Sign(
            SignatureMethod.Md5, Signature.Scheme.BaseString(
                fields.Select(field => KeyValuePair.Create(field.Key, field.Value!)), "sign", withEmpty: false), _sibling.App.ClientSecret);
    }

    private static (string Name, string? Value)[] Changed((string Name, string? Value)[] parameters, string name, string? value) =>
        [.. parameters.Where(parameter => parameter.Name != name), (name, value)];

    private (string Name, string? Value)[] Dated(string timestamp) =>
        OpenCaller.Sign(_sibling.App.ClientSecret, "sign", [("client_id", _sibling.ClientId), ("timestamp", timestamp), ("uid", "900001")]);

    /// <param name="local">In the platform's own zone.</param>
    private Task<HttpResponseMessage> SetClockAsync(string local) => fixture.Server.Http.PostAsJsonAsync(
        "/sandbox/clock",
        new { set = DateTimeOffset.Parse(local + " +08:00", CultureInfo.InvariantCulture), client_id = _sibling.App.ClientId });

    private static ErrorDefinition Named(string name) => E.All.Single(error => error.Name == name);

    private async Task ChangeAsync(OpenCaller caller, Func<App, App> change)
    {
        var store = fixture.Server.Get<IAppStore>();
        await store.TryChangeAsync(change((await store.FindAsync(caller.App.ClientId, default))!), default);
        fixture.Server.Get<AppDirectory>().Clear();
    }
}

/// <summary>Limits that a few calls reach.</summary>
public sealed class LimitTests(LimitTests.Few fixture) : IClassFixture<LimitTests.Few>
{
    public sealed class Few : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Surfaces:OpenApi:RatePerMethod", "3"), ("Surfaces:OpenApi:DailyCapPerMethod", "5")];
    }

    private readonly OpenCaller _demo = new(fixture.Server);
    private readonly OpenCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);

    [Fact]
    public async Task A_method_answers_an_app_so_often_a_minute_and_so_often_a_day()
    {
        var token = (await _demo.TokensAsync()).Access;
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2030-01-01T10:00:30Z", client_id = _demo.App.ClientId });
        token = (await _demo.TokensAsync()).Access;
        await SucceedAsync(3);
        await (await CallAsync()).ShouldBeAsync(E.CallsThrottled);
        await (await _demo.CallAsync("friends/getFriends", token)).ShouldSucceedAsync(E.Ok); // another method has its own

        await _demo.AdvanceAsync("PT1M");
        await SucceedAsync(2);
        await _demo.AdvanceAsync("PT1M");
        await (await CallAsync()).ShouldBeAsync(E.CallsThrottled); // five today
        await _demo.AdvanceAsync("P1D");
        await SucceedAsync(1);
        await _demo.ResetClockAsync();

        Task<HttpResponseMessage> CallAsync() => _demo.CallAsync("passport/users/getLoggedInUser", token);
        async Task SucceedAsync(int times)
        {
            for (var i = 0; i < times; i++)
                await (await CallAsync()).ShouldSucceedAsync(E.Ok);
        }
    }

    [Fact]
    public async Task Calls_without_proof_use_up_what_an_address_has_and_not_what_the_app_has()
    {
        await fixture.Server.Http.PostAsJsonAsync("/sandbox/clock", new { set = "2030-01-01T10:00:30Z" });
        for (var i = 0; i < 3; i++)
            await (await CallAsync()).ShouldSucceedAsync(E.Ok);
        await (await CallAsync()).ShouldBeAsync(E.CallsThrottled);

        var proven = await _sibling.PostAsync("/open/public/2.0/iplib/query", OpenCaller.Sign(_sibling.App.ClientSecret, "sign",
            [("client_id", _sibling.ClientId),
                ("timestamp", $"{new DateTimeOffset(2030, 1, 1, 10, 0, 30, TimeSpan.Zero).ToUnixTimeSeconds()}"), ("ip", "192.0.2.1")]));
        await fixture.Server.Http.DeleteAsync("/sandbox/clock");
        await proven.ShouldSucceedAsync(E.Ok);

        Task<HttpResponseMessage> CallAsync() =>
            _sibling.PostAsync("/open/public/2.0/iplib/query", ("client_id", _sibling.ClientId), ("ip", "192.0.2.1"));
    }
}
