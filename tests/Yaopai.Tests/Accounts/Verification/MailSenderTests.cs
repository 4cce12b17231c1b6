using System.ComponentModel.DataAnnotations;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using MimeKit;
using Yaopai.Server.Accounts.Verification;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Accounts.Verification;

public sealed class MailSenderTests
{
    private static readonly VerificationMessage s_code =
        new("person@example.com", "123456", Samples.Noon, TimeSpan.FromMinutes(10)) { Kind = MessageKind.PasswordCode };

    [Fact]
    public async Task A_mail_says_the_code_in_both_languages_and_holds_no_link()
    {
        await using var server = new MailServer();

        Assert.True(await NewSender(server.Port).TrySendAsync(s_code, default));

        var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(await server.Mail.Task)));
        Assert.Equal("重置密码 / Reset your password", mail.Subject);
        Assert.Equal("person@example.com", mail.To.Mailboxes.Single().Address);
        Assert.Equal(("Example", "accounts@example.com"), (mail.From.Mailboxes.Single().Name, mail.From.Mailboxes.Single().Address));
        Assert.Contains("您的重置密码验证码：123456。10分钟内有效", mail.TextBody);
        Assert.Contains("Your code to reset your password: 123456. It lasts 10 minutes.", mail.TextBody);
        Assert.DoesNotContain("http", mail.TextBody);
        Assert.Equal("auto-generated", mail.Headers["Auto-Submitted"]);
    }

    [Fact]
    public async Task A_notice_says_when_and_from_where()
    {
        await using var server = new MailServer();
        var notice = VerificationMessage.Notice(MessageKind.NewDevice, "person@example.com", Samples.Noon, "203.0.113.7");

        Assert.True(await NewSender(server.Port).TrySendAsync(notice, default));

        var mail = await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(await server.Mail.Task)));
        Assert.Contains("at 2026-03-01 12:00 UTC (address 203.0.113.7)", mail.TextBody);
    }

    [Fact]
    public async Task What_the_server_refuses_is_not_sent_and_the_log_names_neither_code_nor_address()
    {
        await using var server = new MailServer(answer: "550 no such person@example.com");
        var log = new LogOf();

        Assert.False(await NewSender(server.Port, log).TrySendAsync(s_code, default));

        var line = Assert.Single(log.Lines);
        Assert.Contains("550", line);
        Assert.DoesNotContain("person@", line);
        Assert.DoesNotContain("123456", line);
    }

    [Fact]
    public async Task A_server_without_encryption_is_sent_nothing_where_encryption_is_wanted()
    {
        await using var server = new MailServer();

        Assert.False(await NewSender(server.Port, security: MailSecurity.StartTls).TrySendAsync(s_code, default));

        Assert.DoesNotContain(server.Commands, command => command.StartsWith("MAIL", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_no_exception()
    {
        var server = new MailServer();
        var port = server.Port;
        await server.DisposeAsync();

        Assert.False(await NewSender(port).TrySendAsync(s_code, default));
    }

    [Theory]
    [InlineData("person@example.com>\r\nRCPT TO:<b@example.com")]
    [InlineData("a,b@example.com")]
    [InlineData("\"a@example.com")]
    public async Task An_address_adds_no_recipient(string to)
    {
        await using var server = new MailServer();

        await NewSender(server.Port).TrySendAsync(s_code with { To = to }, default);

        Assert.True(server.Commands.Count(command => command.StartsWith("RCPT", StringComparison.Ordinal)) <= 1);
        Assert.DoesNotContain(server.Commands, command => command.Contains("b@example.com", StringComparison.Ordinal)
            && !command.Contains("a,b", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mail.example.com", null, "StartTls", null, null, "Mail:From")]
    [InlineData("mail.example.com", "nobody", "StartTls", null, null, "Mail:From")]
    [InlineData("mail.example.com:25", "a@example.com", "StartTls", null, null, "Mail:Host")]
    [InlineData("mail.example.com", "a@example.com", "None", null, null, "Mail:Security")]
    [InlineData("mail.example.com", "a@example.com", "Tls", "me", null, "Mail:Password")]
    [InlineData("mail.example.com", "Example <a@example.com>", "Tls", "me", "secret", null)]
    [InlineData("127.0.0.1", "a@example.com", "None", null, null, null)]
    [InlineData(null, null, "StartTls", null, null, null)]
    public void What_cannot_work_is_said_at_start(
        string? host, string? from, string security, string? user, string? password, string? fault)
    {
        var options = new MailOptions
        {
            Host = host,
            From = from,
            Security = Enum.Parse<MailSecurity>(security),
            User = user,
            Password = password,
        };

        var faults = options.Validate(new ValidationContext(options)).Select(one => one.ErrorMessage!).ToList();

        if (fault is null)
            Assert.Empty(faults);
        else
            Assert.Contains(fault, Assert.Single(faults));
    }

    private static MailSender NewSender(int port, LogOf? log = null, MailSecurity security = MailSecurity.None) => new(
        Options.Create(new MailOptions { Host = "127.0.0.1", Port = port, Security = security, From = "Example <accounts@example.com>" }),
        TimeProvider.System, LoggerFactory.Create(logging => logging.AddProvider(log ?? new LogOf())).CreateLogger<MailSender>());
}
