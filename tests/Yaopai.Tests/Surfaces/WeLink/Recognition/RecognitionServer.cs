using Microsoft.AspNetCore.Http;
using Yaopai.Tests.Events;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.WeLink.Recognition;

/// <summary>A server with engines that a busy machine does not hurry, and a face engine that answers what the test says.</summary>
public sealed class RecognitionServer : ServerFixture
{
    private readonly Task<Receiver> _starting;
    private volatile string _faces = "{}";
    private volatile int _status = StatusCodes.Status200OK;

    public RecognitionServer() => _starting = Receiver.StartAsync((_, http) =>
    {
        http.Response.StatusCode = _status;
        return http.Response.WriteAsync(_faces);
    });

    protected override (string Key, string Value)[] Settings =>
    [
        ("Recognition:Timeout", "00:04:00"),
        ("Recognition:FaceEngine", _starting.GetAwaiter().GetResult().Callback),
        ("Gateway:Deadline", "00:05:00"),
    ];

    /// <summary>What the face engine answers from now on.</summary>
    public void Answer(string json, int status = StatusCodes.Status200OK) => (_faces, _status) = (json, status);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await (await _starting).DisposeAsync();
    }
}
