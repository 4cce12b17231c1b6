using System.Diagnostics.Metrics;

namespace Yaopai.Tests.Http;

/// <summary>Tells when a request of one server has begun and when a connection has ended, by the server's own meters.</summary>
internal sealed class Traffic : IDisposable
{
    private const string Requests = "http.server.active_requests";
    private const string Connections = "kestrel.active_connections";

    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(30);

    private readonly MeterListener _listener = new();
    private readonly SemaphoreSlim _begun = new(0);
    private readonly SemaphoreSlim _ended = new(0);

    public Traffic(TestServer server)
    {
        var meters = server.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, meters) && instrument.Name is Requests or Connections)
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<long>((instrument, change, _, _) =>
        {
            if (instrument.Name is Requests && change > 0)
                _begun.Release();
            else if (instrument.Name is Connections && change < 0)
                _ended.Release();
        });
        _listener.Start();
    }

    public async Task RequestHasBegunAsync() => Assert.True(await _begun.WaitAsync(s_timeout), "no request has begun");

    /// <summary>Whatever the server has to say of it, it has said by then.</summary>
    public async Task ConnectionHasEndedAsync() => Assert.True(await _ended.WaitAsync(s_timeout), "no connection has ended");

    public void Dispose()
    {
        _listener.Dispose();
        _begun.Dispose();
        _ended.Dispose();
    }
}
