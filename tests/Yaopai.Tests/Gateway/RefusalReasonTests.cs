using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using E = Yaopai.Errors.HuaweiAccountErrors;

namespace Yaopai.Tests.Gateway;

/// <summary>Why a request was refused: told to whoever runs the server, in one line of the log, and to nobody else.</summary>
public sealed class RefusalReasonTests(SharedServer fixture)
{
    private const string Token = "/huawei/oauth2/v3/token";
    private const string WrongSecret = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";
    private const string Code = "grant_type=authorization_code&client_id=100000001&code=abc";

    /// <summary>A request, and what the line of the log says of it.</summary>
    public static TheoryData<string, string, string> Reasons { get; } = new()
    {
        { "/huawei/oauth2/v3/token/",   "",
            "huawei.token refused with NotFound (404), app unknown, request {id}: there is no /oauth2/v3/token/; "
            + "the nearest is /oauth2/v3/token" },
        { "/huawei/oauth2/v3/Revoke",   "",
            "huawei.revoke refused with NotFound (404), app unknown, request {id}: there is no /oauth2/v3/Revoke; "
            + "the nearest is /oauth2/v3/revoke" },
        { "/huawei/rest.php?nsp_svc=GOpen.User.getinfo", "", "there is no GOpen.User.getinfo; the nearest is GOpen.User.getInfo" },
        { "/huawei/rest.php/GOpen.User.getInfo",         "", "there is no GOpen.User.getInfo; the nearest is GOpen.User.getInfo" },
        { "/open/rest/2.0/passport/users/getinfo",       "",
            "there is no /rest/2.0/passport/users/getinfo; the nearest is /rest/2.0/passport/users/getInfo" },
        { "/open/1.0/restserver?method=baidu.users.getinfo", "", "there is no baidu.users.getinfo; the nearest is baidu.users.getInfo" },
        { Token, $"{Code}&client_secret={WrongSecret}",
            "refused with ClientSecretIncorrect (1203/12304), app 100000001, request {id}: the secret of app 100000001 is another one; "
            + "64 characters came" },
        { "/huawei/oauth2/v3/authorize?client_id=100000001&redirect_uri=https://demo.example/callbac", "",
            "the nearest registered redirect URI is https://demo.example/callback; the first difference is at character 29" },
    };

    [Theory, MemberData(nameof(Reasons))]
    public async Task The_line_of_a_refusal_says_what_was_expected_and_what_came(string path, string form, string expected)
    {
        var (line, id) = await RefuseAsync(path, form);

        Assert.True(line.Contains(expected.Replace("{id}", id), StringComparison.Ordinal), line);
        Assert.DoesNotContain(WrongSecret, line, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_signature_is_explained_by_the_text_that_the_server_signed_without_its_secret()
    {
        var (line, _) = await RefuseAsync(
            "/open/rest/2.0/passport/users/isAppUser", $"client_id=100000001&uid=1&timestamp={OpenCaller.Now()}&sign={WrongSecret[..32]}");

        Assert.True(line.Contains("client_id=100000001", StringComparison.Ordinal), line);
        Assert.All(DemoData.Apps, app => Assert.DoesNotContain(app.ClientSecret, line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Development", LogLevel.Information)]
    [InlineData("Production", LogLevel.Debug)]
    public void It_is_read_without_asking_in_development_and_on_demand_elsewhere(string environment, LogLevel level)
    {
        var log = new Levels(LogLevel.Trace);

        new RefusalLog(new Named(environment), log).OnRefused(Refused(() => "why"));

        Assert.Equal([level], log.Written);
    }

    [Theory]
    [InlineData("there is no app 'a\r\ninfo: another line'", "there is no app 'a  info: another line'")]
    [InlineData("state is '\u001b[31mred\u2028'", "state is ' [31mred '")]
    public void What_a_caller_sent_makes_no_line_of_its_own(string why, string expected)
    {
        var log = new Levels(LogLevel.Trace);

        new RefusalLog(new Named("Development"), log).OnRefused(Refused(() => why));

        Assert.EndsWith(expected, Assert.Single(log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_caller_sent_does_not_fill_the_log()
    {
        var log = new Levels(LogLevel.Trace);

        new RefusalLog(new Named("Development"), log).OnRefused(Refused(() => new string('x', 1_000_000)));

        Assert.InRange(Assert.Single(log.Lines).Length, 1_000, 3_000);
    }

    [Fact]
    public void Nothing_is_computed_where_nobody_listens() =>
        new RefusalLog(new Named("Production"), new Levels(LogLevel.Information))
            .OnRefused(Refused(() => throw new InvalidOperationException("It was asked for.")));

    private static RefusedRequest Refused(Func<Reason?> why) => new("huawei", "huawei.token", E.Token.CodeExpired, 1, "id", why);

    /// <summary>Sends a form, and finds the line about it.</summary>
    private async Task<(string Line, string RequestId)> RefuseAsync(string path, string form)
    {
        using var content = new StringContent(form, System.Text.Encoding.UTF8, "application/x-www-form-urlencoded");
        using var response = await fixture.Server.Http.PostAsync(path, content);
        var id = response.Headers.GetValues("X-Request-Id").Single();
        return (Assert.Single(fixture.Server.Log.Lines, line => line.Contains($"request {id}:", StringComparison.Ordinal)), id);
    }

    private sealed class Levels(LogLevel lowest) : ILogger<RefusalLog>
    {
        public List<LogLevel> Written { get; } = [];

        public List<string> Lines { get; } = [];

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= lowest;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            Written.Add(logLevel);
            Lines.Add(formatter(state, exception));
        }
    }

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public Microsoft.Extensions.FileProviders.IFileProvider ContentRootFileProvider { get; set; } = null!;
    }
}
