using System.Net;
using Yaopai.Errors;
using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Surfaces.HuaweiAccount.OAuth;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors.Token;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.OAuth;

/// <summary>A device polls the token endpoint while a person scans and answers.</summary>
public sealed class DeviceGrantTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly HuaweiCaller _demo = new(fixture.Server);
    private readonly HuaweiCaller _sibling = new(fixture.Server, HuaweiCaller.Sibling);
    private readonly HuaweiCaller _stranger = new(fixture.Server, HuaweiCaller.Stranger);

    /// <summary>One mistake in a poll that is otherwise good. Null leaves the parameter out;
    /// braces name a device that is made first.</summary>
    public static TheoryData<string, string?, string> Mistakes { get; } = new()
    {
        { "grant_type",          null,               nameof(E.GrantTypeMissing) },
        { "grant_type",          "device",           nameof(E.GrantTypeUnsupported) },
        { "client_id",           null,               nameof(E.ClientIdMissing) },
        { "client_id",           "1e9",              nameof(E.ClientIdMalformed) },
        { "client_secret",       null,               nameof(E.AppSecretMissing) },
        { "client_secret",       "a b",              nameof(E.ClientSecretMalformed) },
        { "code",                null,               nameof(E.CodeMissing) },
        { "code",                "AgEA a b==",       nameof(E.CodeMalformed) },
        { "client_id",           "999999999",        nameof(E.ClientIdUnknown) },
        { "client_secret",       "wrong",            nameof(E.ClientSecretIncorrect) },
        { "code",                "Zm9yZ2Vk",         nameof(E.CodeUnknown) },
        { "code",                "{of another app}", nameof(E.CredentialOfAnotherClient) },
        { "code",                "{expired}",        nameof(E.DeviceCodeExpired) },
        { "code",                "{wiped}",          nameof(E.CodeUnknown) },
        { "code",                "{waiting}",        nameof(E.UserCodeNotScanned) },
        { "code",                "{scanned}",        nameof(E.UserCodeNotConfirmed) },
        { "code",                "{denied}",         nameof(E.UserCodeDenied) },
        { "code",                "{taken}",          nameof(E.CodeUsed) },
        { "code",                "{withdrawn}",      nameof(E.CodeRevoked) },
        { "need_group_union_id", "{stranger}",       nameof(E.AccountGroupMissing) },
    };

    [Theory, MemberData(nameof(Mistakes))]
    public async Task Each_mistake_earns_its_own_error(string parameter, string? value, string expected)
    {
        var caller = value is "{stranger}" ? _stranger : _demo;
        var device = value switch
        {
            "{of another app}" => await _sibling.ConfirmedDeviceAsync(),
            "{waiting}" => await _demo.DeviceAsync(),
            "{scanned}" => await AnsweredAsync("scan"),
            "{denied}" => await AnsweredAsync("scan", "deny"),
            "{withdrawn}" => await _demo.ConfirmedDeviceAsync("hongkong"),
            _ => await caller.ConfirmedDeviceAsync(),
        };
        if (value is "{expired}")
            await _demo.AdvanceAsync("PT30M");
        if (value is "{wiped}")
            await fixture.Engine.ExecuteAsync($"DELETE FROM device_authorization WHERE user_code = '{device.UserCode}'");
        if (value is "{taken}")
            await (await _demo.PollAsync(device)).ShouldSucceedAsync(E.Ok);
        if (value is "{withdrawn}")
            await _demo.WithdrawAsync("hongkong");

        (string Name, string? Value)[] good =
            [("grant_type", "device_code"), ("client_id", caller.ClientId), ("client_secret", caller.App.ClientSecret),
                ("code", device.Code)];
        var wrong = value is "{stranger}" ? "true" : value?[0] is '{' ? device.Code : value;
        var response = await caller.PostAsync("/oauth2/v3/token", [.. good.Where(field => field.Name != parameter), (parameter, wrong)]);

        await _demo.ResetClockAsync();
        await response.ShouldBeAsync(E.All.Single(error => error.Name == expected));
    }

    [Fact]
    public void Every_rule_is_broken_by_some_mistake_in_the_same_order() => Assert.Equal(
        Token.DeviceGrant.Select(rule => rule.Error.Name).Where(name => name is not nameof(E.FlowControl)), // depends on earlier calls
        Mistakes.Select(row => row.Data.Item3));

    [Fact]
    public async Task A_device_waits_is_scanned_is_confirmed_and_gets_tokens_once()
    {
        var device = await _demo.DeviceAsync("openid profile phone");
        await (await _demo.PollAsync(device)).ShouldBeAsync(E.UserCodeNotScanned);

        await _demo.PersonAsync(device, "mainland", "scan");
        await (await _demo.PollAsync(device)).ShouldBeAsync(E.UserCodeNotConfirmed);

        await _demo.PersonAsync(device, "mainland", "confirm");
        var response = await _demo.PollAsync(device);
        Assert.Equal("application/json; charset=utf-8", response.Content.Headers.ContentType!.ToString());
        var json = await response.ShouldSucceedAsync(E.Ok);
        Assert.Equal(
            ["access_token", "refresh_token", "expires_in", "id_token", "scope", "token_type", "open_id"],
            json.EnumerateObject().Select(property => property.Name));
        Assert.Equal("openid profile phone", json.GetProperty("scope").GetString());

        var shared = await (await _demo.GetInfoAsync(json.GetProperty("access_token").GetString()!))
            .ShouldSucceedAsync(HuaweiAccountErrors.GetInfo.Ok);
        Assert.Equal(json.GetProperty("open_id").GetString(), shared.GetProperty("openID").GetString());
        Assert.Equal("11136000008", shared.GetProperty("mobileNumber").GetString());

        await (await _demo.PollAsync(device)).ShouldBeAsync(E.CodeUsed);
    }

    [Fact]
    public async Task The_tokens_of_a_device_can_be_refreshed_and_revoked_and_outlive_a_poll_too_many()
    {
        var device = await _demo.ConfirmedDeviceAsync();
        var tokens = await (await _demo.PollAsync(device)).JsonAsync();
        var refresh = tokens.GetProperty("refresh_token").GetString()!;

        await (await _demo.PollAsync(device)).ShouldBeAsync(E.CodeUsed);
        await (await _demo.RefreshAsync(refresh)).ShouldSucceedAsync(E.Ok);

        await _demo.RevokeAsync(tokens.GetProperty("access_token").GetString()!);
        await (await _demo.RefreshAsync(refresh)).ShouldBeAsync(E.RefreshTokenRevoked);
    }

    [Fact]
    public async Task Algorithm_and_group_union_id_work_as_for_codes()
    {
        var json = await (await _demo.PollAsync(
            await _demo.ConfirmedDeviceAsync(), ("supportAlg", "PS256"), ("need_group_union_id", "true"))).ShouldSucceedAsync(E.Ok);

        var header = System.Buffers.Text.Base64Url.DecodeFromChars(json.GetProperty("id_token").GetString()!.Split('.')[0]);
        Assert.Contains("\"PS256\"", System.Text.Encoding.UTF8.GetString(header), StringComparison.Ordinal);
        Assert.Matches("^[0-9a-zA-Z_-]{40}$", json.GetProperty("group_union_id").GetString());
    }

    [Fact]
    public async Task A_refused_poll_does_not_cost_the_tokens()
    {
        var device = await _stranger.ConfirmedDeviceAsync();

        await (await _stranger.PollAsync(device, ("need_group_union_id", "true"))).ShouldBeAsync(E.AccountGroupMissing);
        await (await _stranger.PollAsync(device)).ShouldSucceedAsync(E.Ok);
        await (await _stranger.PollAsync(device, ("need_group_union_id", "true"))).ShouldBeAsync(E.CodeUsed);
    }

    [Fact]
    public async Task A_consent_withdrawn_before_the_person_confirmed_does_not_count()
    {
        var device = await _demo.DeviceAsync();
        await _demo.SignInAsync("russia");
        await _demo.WithdrawAsync("russia");
        await _demo.PersonAsync(device, "russia", "scan");
        await _demo.PersonAsync(device, "russia", "confirm");

        await (await _demo.PollAsync(device)).ShouldSucceedAsync(E.Ok);
        await _demo.WithdrawAsync("russia");
        await (await _demo.PollAsync(device)).ShouldBeAsync(E.CodeUsed);
    }

    [Fact]
    public async Task A_user_code_can_be_scanned_for_two_minutes_and_then_be_answered_as_long_as_the_device_code_lives()
    {
        var late = await _sibling.DeviceAsync();
        await _sibling.AdvanceAsync("PT2M");
        Assert.Equal(HttpStatusCode.NotFound, (await _sibling.PersonAsync(late, "mainland", "scan")).StatusCode);
        await (await _sibling.PollAsync(late)).ShouldBeAsync(E.UserCodeNotScanned); // until the device code itself expires

        var slow = await _sibling.DeviceAsync();
        await _sibling.AdvanceAsync("PT1M59S");
        Assert.Equal(HttpStatusCode.OK, (await _sibling.PersonAsync(slow, "mainland", "scan")).StatusCode);
        await _sibling.AdvanceAsync("PT28M");
        Assert.Equal(HttpStatusCode.OK, (await _sibling.PersonAsync(slow, "mainland", "confirm")).StatusCode);
        await (await _sibling.PollAsync(slow)).ShouldSucceedAsync(E.Ok);

        var over = await _sibling.DeviceAsync();
        await _sibling.PersonAsync(over, "mainland", "scan");
        await _sibling.AdvanceAsync("PT30M");
        Assert.Equal(HttpStatusCode.NotFound, (await _sibling.PersonAsync(over, "mainland", "confirm")).StatusCode);
        await (await _sibling.PollAsync(over)).ShouldBeAsync(E.DeviceCodeExpired);
        await _sibling.ResetClockAsync();
    }

    [Fact]
    public async Task A_step_on_what_has_run_out_meanwhile_is_over()
    {
        var devices = fixture.Server.Get<DeviceAuthorizations>();
        var opened = (await devices.FindAsync((await _stranger.DeviceAsync()).UserCode, default))!;
        await _stranger.AdvanceAsync("PT31M");

        Assert.Equal(DeviceStep.Over, await devices.ScanAsync(opened, 900001, default));
        Assert.Equal(DeviceStep.Over, await devices.ConfirmAsync(
            opened, 900001, phoneId: null, askedForPhone: false, DateTimeOffset.UnixEpoch, default));
        Assert.Equal(DeviceStep.Over, await devices.DenyAsync(opened, 900001, default));
        await _stranger.ResetClockAsync();
    }

    [Fact]
    public async Task Nobody_answers_for_who_scanned()
    {
        var device = await AnsweredAsync("scan");

        Assert.Equal(HttpStatusCode.Conflict, (await _demo.PersonAsync(device, "hongkong", "scan")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _demo.PersonAsync(device, "hongkong", "confirm")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _demo.PersonAsync(device, "hongkong", "deny")).StatusCode);
        await (await _demo.PollAsync(device)).ShouldBeAsync(E.UserCodeNotConfirmed);

        Assert.Equal(HttpStatusCode.OK, (await _demo.PersonAsync(device, "mainland", "scan")).StatusCode); // the page, opened again
        Assert.Equal(HttpStatusCode.OK, (await _demo.PersonAsync(device, "mainland", "deny")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await _demo.PersonAsync(device, "mainland", "confirm")).StatusCode);
        await (await _demo.PollAsync(device)).ShouldBeAsync(E.UserCodeDenied);
    }

    [Fact]
    public async Task A_device_code_is_neither_a_code_nor_a_token_and_a_code_is_no_device_code()
    {
        var device = await _demo.ConfirmedDeviceAsync();

        await (await _demo.ExchangeAsync(device.Code)).ShouldBeAsync(E.CodeUnknown);
        await (await _demo.RefreshAsync(device.Code)).ShouldBeAsync(E.RefreshTokenUnreadable);
        await (await _demo.GetTokenInfoAsync(device.Code)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenInvalid);
        await (await _demo.RevokeAsync(device.Code)).ShouldBeAsync(HuaweiAccountErrors.Revoke.TokenInvalid);
        await (await _demo.PollAsync(new(await _demo.CodeAsync(), ""))).ShouldBeAsync(E.CodeUnknown);
    }

    [Fact]
    public async Task A_device_code_under_another_header_is_nothing_of_ours()
    {
        var bytes = Convert.FromBase64String((await _demo.DeviceAsync()).Code);
        bytes[0] = 0x0e;
        foreach (byte kind in new byte[] { 0, 1, (byte)CredentialKind.DeviceCode })
        {
            bytes[2] = kind;
            await (await _demo.PollAsync(new(Convert.ToBase64String(bytes), ""))).ShouldBeAsync(E.CodeUnknown);
        }
    }

    [Fact]
    public async Task Who_polls_more_often_than_the_interval_allows_is_refused_to_the_end()
    {
        var (device, other) = (await _demo.DeviceAsync(), await _demo.ConfirmedDeviceAsync());
        var answers = await Task.WhenAll(Enumerable.Range(0, 600).Select(_ => _demo.PollAsync(device)));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));

        await (await _demo.PollAsync(device)).ShouldBeAsync(E.FlowControl);

        await _demo.PersonAsync(device, "mainland", "scan");
        await _demo.PersonAsync(device, "mainland", "confirm");
        await (await _demo.PollAsync(device)).ShouldBeAsync(E.FlowControl);
        await (await _demo.PollAsync(other)).ShouldSucceedAsync(E.Ok);
    }

    [Fact]
    public async Task Who_does_not_know_the_secret_counts_no_polls()
    {
        var device = await _demo.DeviceAsync();
        await Task.WhenAll(Enumerable.Range(0, 601).Select(_ => _demo.PostAsync("/oauth2/v3/token",
            ("grant_type", "device_code"), ("client_id", _demo.ClientId), ("client_secret", "wrong"), ("code", device.Code))));
        await (await _sibling.PollAsync(device)).ShouldBeAsync(E.CredentialOfAnotherClient);

        await (await _demo.PollAsync(device)).ShouldBeAsync(E.UserCodeNotScanned);
    }

    private async Task<HuaweiCaller.Device> AnsweredAsync(params string[] actions)
    {
        var device = await _demo.DeviceAsync();
        foreach (var action in actions)
            Assert.Equal(HttpStatusCode.OK, (await _demo.PersonAsync(device, "mainland", action)).StatusCode);
        return device;
    }
}
