using System.Net.Sockets;
using System.Text;

namespace Yaopai.Tests.Http;

/// <summary>Bytes to a server and bytes back, for what no client library would send.</summary>
internal sealed class RawConnection : IDisposable
{
    private readonly TcpClient _client;
    private readonly NetworkStream _stream;

    private RawConnection(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<RawConnection> OpenAsync(Uri address)
    {
        var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port);
        return new RawConnection(client);
    }

    public async Task SendAsync(string text) => await _stream.WriteAsync(Encoding.Latin1.GetBytes(text));

    /// <summary>Says that nothing more will come.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <summary>Everything until the server closes, or drops the connection.</summary>
    public async Task<string> ReadToEndAsync()
    {
        using var read = new MemoryStream();
        try
        {
            await _stream.CopyToAsync(read).WaitAsync(TimeSpan.FromSeconds(30));
        }
        catch (IOException)
        {
            // dropped: what came before it counts
        }

        return Encoding.UTF8.GetString(read.ToArray());
    }

    /// <summary>Leaves without a word: the other side is told by a reset.</summary>
    public void Drop() => _client.Client.Close(timeout: 0);

    /// <summary>Up to this text, whether the server closes then or waits for more of the request.</summary>
    public async Task<string> ReadToAsync(string end)
    {
        var text = new StringBuilder();
        var bytes = new byte[4096];
        while (!text.ToString().Contains(end, StringComparison.Ordinal)
            && await _stream.ReadAsync(bytes).AsTask().WaitAsync(TimeSpan.FromSeconds(30)) is > 0 and var length)
            text.Append(Encoding.UTF8.GetString(bytes, 0, length));
        return text.ToString();
    }

    public void Dispose() => _client.Dispose();
}
