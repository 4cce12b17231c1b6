using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Yaopai.Tests.Accounts.Verification;

/// <summary>A mail server on loopback that keeps the mails it is given.</summary>
internal sealed class MailServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _serving;
    private readonly string _answer;

    /// <param name="answer">What it says to a recipient.</param>
    public MailServer(string answer = "250 OK")
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public TaskCompletionSource<string> Mail { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public List<string> Commands { get; } = [];

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await ServeAsync(client.GetStream());
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or IOException
            or InvalidOperationException) // stopped
        {
        }
    }

    private async Task ServeAsync(Stream stream)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        await SayAsync("220 test");
        while (await reader.ReadLineAsync(_stop.Token) is { } command)
        {
            Commands.Add(command);
            if (command is "DATA")
            {
                await SayAsync("354 go on");
                var mail = new StringBuilder();
                while (await reader.ReadLineAsync(_stop.Token) is { } line and not ".")
                    mail.AppendLine(line);
                Mail.TrySetResult(mail.ToString());
                await SayAsync("250 OK");
            }
            else
            {
                await SayAsync(command.StartsWith("RCPT", StringComparison.Ordinal) ? _answer : command is "QUIT" ? "221 bye" : "250 OK");
            }
        }

        Task SayAsync(string text) => stream.WriteAsync(Encoding.ASCII.GetBytes(text + "\r\n"), _stop.Token).AsTask();
    }
}
