namespace Yaopai.Tests.Admin;

public sealed class WrongUsageTests(SqliteDesk desk) : IClassFixture<SqliteDesk>
{
    [Theory]
    [InlineData("There is no ./run.sh exlain", "exlain", "20155")]
    [InlineData("./run.sh app is followed by: create", "app")]
    [InlineData("There is no ./run.sh app make", "app", "make")]
    [InlineData("Option '--name' is required.", "group", "create")]
    [InlineData("Unrecognized command or argument '--colour'.", "group", "list", "--colour")]
    [InlineData("An id is a number, not 'x'.", "app", "show", "x")]
    [InlineData("An id is a number, not '-5'.", "group", "list", "--after", "-5")]
    [InlineData("--take must be a number from 1 to 1000, not '0'.", "group", "list", "--take", "0")]
    [InlineData("'sealing'", "keys", "rotate", "identifier")]
    [InlineData("'huawei'", "errors", "list", "--surface", "nokia")]
    [InlineData("Give --password or --password-stdin, not both.",
        "user", "create", "--name", "A", "--region", "CN", "--password", "correct horse", "--password-stdin")]
    [InlineData("Give --allow or --allow-any, not both.", "app", "change", "1", "--allow", "10.0.0.0/8", "--allow-any")]
    [InlineData("Give --group or --no-group, not both.", "developer", "change", "1", "--group", "1", "--no-group")]
    [InlineData("Unrecognized command or argument 'sandbox'.", "serve", "sandbox")]
    [InlineData("--host must be a host name or an address", "certificate", "--host", "a b")]
    [InlineData("--host must be a host name or an address", "certificate", "--host", "https://a.example")]
    [InlineData("--host must be a host name or an address", "certificate", "--host", "-a.example")]
    [InlineData("--days must be a number from 1 to 398, not '399'.", "certificate", "--days", "399")]
    public async Task A_wrong_command_says_what_is_wrong_and_where_help_is(string expected, params string[] args)
    {
        var heard = await desk.Operator.RunAsync(args);

        Assert.Equal((2, ""), (heard.ExitCode, heard.Output));
        Assert.Contains(expected, heard.Error, StringComparison.Ordinal);
        Assert.EndsWith("--help shows more.\n", heard.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--name", "", "1 to 64 characters")]
    [InlineData("--name", "   ", "1 to 64 characters")]
    [InlineData("--name", "a\u0007b", "no control characters")]
    [InlineData("--name", "65 of them, which is one more than what a name of an app can have", "1 to 64 characters")]
    [InlineData("--redirect-uri", "/callback", "must be an absolute address")]
    [InlineData("--redirect-uri", "callback", "must be an absolute address")]
    [InlineData("--redirect-uri", "https://a.example/a b", "must be an absolute address")]
    [InlineData("--redirect-uri", "https://a.example/cb#here", "must have no fragment")]
    [InlineData("--redirect-uri", "https://ming@a.example/cb", "must not contain a user name")]
    [InlineData("--redirect-uri", "http://a.example/cb", "must be https; http is only for loopback")]
    [InlineData("--redirect-uri", "javascript:alert(1)", "an app's own scheme")]
    [InlineData("--redirect-uri", "file:///etc/passwd", "an app's own scheme")]
    [InlineData("--scope", "open-id", "must contain scopes of")]
    [InlineData("--scope", "openid,profile", "must contain scopes of")]
    [InlineData("--approve-scope", "openid;", "must contain scopes of")]
    [InlineData("--allow", "10.0.0.0/33", "must be an address or a network")]
    [InlineData("--allow", "example.com", "must be an address or a network")]
    [InlineData("--allow", "7", "must be an address or a network")]
    [InlineData("--quota", "-1", "must be a number from 0")]
    [InlineData("--quota", "many", "must be a number from 0")]
    public async Task A_wrong_value_for_an_app_is_refused(string option, string value, string expected) =>
        await RefusedAsync(expected, "app", "change", "100000001", option, value);

    [Theory]
    [InlineData("--region", "cn", "two upper-case letters")]
    [InlineData("--region", "CHN", "two upper-case letters")]
    [InlineData("--mail", "ming", "must be a mail address")]
    [InlineData("--mail", "ming@localhost", "must be a mail address")]
    [InlineData("--mail", "ming@a..example", "must be a mail address")]
    [InlineData("--avatar", "http://a.example/me.png", "must be an https address")]
    [InlineData("--nickname", "a\nb", "no control characters")]
    public async Task A_wrong_value_for_a_user_is_refused(string option, string value, string expected) =>
        await RefusedAsync(expected, "user", "change", "900001", option, value);

    [Theory]
    [InlineData("11136000008a", "it may contain digits")]
    [InlineData("", "it is empty")]
    [InlineData("+999 123456789", "no country has this calling code")]
    [InlineData("+86 12", "too short")]
    [InlineData("+8612345678901234", "too long")]
    public async Task A_wrong_phone_number_is_refused_with_the_reason(string number, string expected) =>
        await RefusedAsync(expected, "user", "create", "--name", "A", "--region", "CN", "--phone", number);

    [Theory]
    [InlineData("https://a.example/cb?a=b")]
    [InlineData("http://127.0.0.1:8080/cb")]
    [InlineData("http://localhost/cb")]
    [InlineData("http://[::1]/cb")]
    [InlineData("com.example.app:/callback")]
    [InlineData("http://app.localhost/cb")]
    public void These_redirect_uris_are_good(string uri) => Assert.Null(Server.OAuth.AppFormats.RedirectUri(uri, allowPlain: false));

    [Theory]
    [InlineData("http://192.168.1.20:3000/cb")]
    [InlineData("http://web:3000/cb")]
    [InlineData("http://app.test/cb")]
    [InlineData("http://host.docker.internal/cb")]
    public void FC_16_http_to_any_host_is_good_in_Development_alone(string uri)
    {
        Assert.Null(Server.OAuth.AppFormats.RedirectUri(uri, allowPlain: true));
        Assert.NotNull(Server.OAuth.AppFormats.RedirectUri(uri, allowPlain: false));
    }

    [Theory]
    [InlineData("--callback", "http://127.0.0.1:8080/events", "must be https; http is for Development alone")]
    [InlineData("--callback", "/events", "must be an absolute address")]
    [InlineData("--callback", "https://ming@a.example/events", "must not contain a user name")]
    [InlineData("--kinds", "account-disabled", "must be one of tokens-revoked, phone-modified, account-purged")]
    public async Task A_wrong_value_for_events_is_refused(string option, string value, string expected) =>
        await RefusedAsync(expected, "app", "events", "set", "100000001", option, value);

    private async Task RefusedAsync(string expected, params string[] args)
    {
        var heard = await desk.Operator.RunAsync(args);

        Assert.Equal((2, ""), (heard.ExitCode, heard.Output));
        Assert.Contains(expected, heard.Error, StringComparison.Ordinal);
    }
}
