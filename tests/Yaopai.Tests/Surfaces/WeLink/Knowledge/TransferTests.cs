using System.Net;
using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Yaopai.Server.Gateway;
using Yaopai.Server.Knowledge;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;
using E = Yaopai.Errors.WeLinkErrors.Knowledge;

namespace Yaopai.Tests.Surfaces.WeLink.Knowledge;

/// <summary>Files that take their time.</summary>
public sealed class TransferTests(KnowledgeScene scene) : IClassFixture<KnowledgeScene>
{
    private const string Announce = "/api/clouddrive/v1/files/preupload";

    private static readonly byte[] s_bytes = RandomNumberGenerator.GetBytes(200_000);

    [Theory, InlineData(true), InlineData(false)]
    public async Task The_deadline_of_calls_does_not_cut_a_long_upload(bool isForm)
    {
        var gateway = scene.Server.Get<IOptions<GatewayOptions>>().Value;
        var usual = gateway.Deadline;
        using var slow = new SlowContent(s_bytes);
        var url = isForm ? "" : await AnnounceAsync();
        gateway.Deadline = TimeSpan.FromSeconds(1);
        try
        {
            var answer = SendAsync(isForm, url, slow);
            await slow.Begun;
            await Task.Delay(gateway.Deadline * 1.5, TestContext.Current.CancellationToken); // a real one: it is a timer of the system
            slow.GoOn();
            await (await answer).ShouldServeWeLinkAsync();
        }
        finally
        {
            gateway.Deadline = usual;
        }
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_file_that_takes_longer_than_transfers_may_is_given_up(bool isForm)
    {
        using var connection = await RawConnection.OpenAsync(scene.Server.Address);
        await connection.SendAsync(
            (isForm ? $"POST {WeLinkCaller.Root}{KnowledgeScene.Upload}" : $"PUT {new Uri(await AnnounceAsync()).PathAndQuery}")
            + $" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nx-wlk-Authorization: {scene.Caller.Token}\r\n"
            + $"Content-Type: multipart/form-data; boundary=b\r\nContent-Length: {s_bytes.Length}\r\n\r\n"
            + "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nThe rest never comes");
        var answer = connection.ReadToAsync("}");
        await Eventually.HoldsAsync(async () =>
        {
            // a timer that is not there yet misses the time that passes
            scene.Patience.Advance(scene.Server.Get<IOptions<KnowledgeOptions>>().Value.TransferTimeout);
            await Task.WhenAny(answer, Task.Delay(50));
            return answer.IsCompleted;
        });

        Assert.Contains($"\"code\":\"{E.Internal.Code}\"", await answer);
    }

    private async Task<string> AnnounceAsync()
    {
        var json = await (await scene.Caller.PostAsync(
            Announce, new { name = "a", size = s_bytes.Length, md5 = Convert.ToHexStringLower(MD5.HashData(s_bytes)) }))
            .ShouldServeWeLinkAsync();
        return json.GetProperty("data").GetProperty("upload_url").GetString()!;
    }

    private Task<HttpResponseMessage> SendAsync(bool isForm, string url, HttpContent content) => isForm
        ? scene.SendAsync(scene.Caller, KnowledgeScene.Upload, new MultipartFormDataContent { { content, "file", "a.bin" } })
        : scene.Server.Http.PutAsync(url, content);

    /// <summary>Comes half, and the rest when it is told to.</summary>
    private sealed class SlowContent(byte[] bytes) : HttpContent
    {
        private readonly TaskCompletionSource _begun = new(), _goesOn = new();

        public Task Begun => _begun.Task;

        public void GoOn() => _goesOn.TrySetResult();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(bytes.AsMemory(0, bytes.Length / 2));
            await stream.FlushAsync();
            _begun.TrySetResult();
            await _goesOn.Task;
            await stream.WriteAsync(bytes.AsMemory(bytes.Length / 2));
        }

        protected override bool TryComputeLength(out long length)
        {
            length = bytes.Length;
            return true;
        }

        protected override void Dispose(bool disposing)
        {
            _goesOn.TrySetResult();
            base.Dispose(disposing);
        }
    }
}
