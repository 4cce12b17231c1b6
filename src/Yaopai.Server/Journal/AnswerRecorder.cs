using System.Buffers;
using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Yaopai.Server.Journal;

/// <summary>Remembers the beginning of an answer on its way out, before it passes on: whoever has it finds it recorded.</summary>
internal sealed class AnswerRecorder(HttpContext http, Func<double> elapsed) : IHttpResponseBodyFeature
{
    /// <summary>Of which what is kept is made: the end of a long list adds nothing.</summary>
    private const int MostBytes = 16 * 1024;

    private readonly IHttpResponseBodyFeature _inner = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
    private readonly Lock _lock = new();
    private readonly ArrayBufferWriter<byte> _beginning = new();
    private (int Status, string? ContentType, string? Location, double DurationMs) _head;
    private RecordedStream? _stream;
    private RecordedWriter? _writer;
    private long _bytes;

    public Stream Stream => _stream ??= new RecordedStream(_inner.Stream, this);

    public PipeWriter Writer => _writer ??= new RecordedWriter(_inner.Writer, this);

    /// <summary>Everything that is written from now on passes here.</summary>
    public void Begin()
    {
        Note();
        http.Features.Set<IHttpResponseBodyFeature>(this);
    }

    /// <summary>Steps out of the way.</summary>
    public void End()
    {
        http.Features.Set(_inner);
        if (_bytes == 0)
            Note();
    }

    public JournalAnswer Look()
    {
        lock (_lock)
        {
            var written = _beginning.WrittenSpan;
            return new JournalAnswer(
                _head.Status, _head.ContentType, _head.Location,
                MaskedBody.Of(_head.ContentType, written, isAnswer: true, isWhole: _bytes == written.Length), _bytes,
                Math.Round(_head.DurationMs, 3));
        }
    }

    public void DisableBuffering() => _inner.DisableBuffering();

    public Task StartAsync(CancellationToken cancellationToken = default)
    {
        Note();
        return _inner.StartAsync(cancellationToken);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        Note();
        return _inner.SendFileAsync(path, offset, count, cancellationToken);
    }

    public Task CompleteAsync() => _inner.CompleteAsync();

    private void Note()
    {
        var response = http.Response;
        var location = response.Headers.Location.ToString() is { Length: > 0 } address ? Masking.Address(address, isAnswer: true) : null;
        lock (_lock)
            _head = (response.StatusCode, response.ContentType, location, elapsed());
    }

    private void Take(ReadOnlySpan<byte> bytes)
    {
        Note();
        lock (_lock)
        {
            _bytes += bytes.Length;
            _beginning.Write(bytes[..Math.Min(bytes.Length, MostBytes - _beginning.WrittenCount)]);
        }
    }

    private sealed class RecordedWriter(PipeWriter inner, AnswerRecorder recorder) : PipeWriter
    {
        private Memory<byte> _handed;

        public override bool CanGetUnflushedBytes => inner.CanGetUnflushedBytes;

        public override long UnflushedBytes => inner.UnflushedBytes;

        public override Memory<byte> GetMemory(int sizeHint = 0) => _handed = inner.GetMemory(sizeHint);

        public override Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

        public override void Advance(int bytes)
        {
            recorder.Take(_handed.Span[..bytes]);
            inner.Advance(bytes);
        }

        public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
        {
            recorder.Take(source.Span);
            return inner.WriteAsync(source, cancellationToken);
        }

        public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default) =>
            inner.FlushAsync(cancellationToken);

        public override void CancelPendingFlush() => inner.CancelPendingFlush();

        public override void Complete(Exception? exception = null) => inner.Complete(exception);
    }

    private sealed class RecordedStream(Stream inner, AnswerRecorder recorder) : Stream
    {
        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => inner.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => inner.FlushAsync(cancellationToken);

        public override void Write(byte[] buffer, int offset, int count)
        {
            recorder.Take(buffer.AsSpan(offset, count));
            inner.Write(buffer, offset, count);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            recorder.Take(buffer.Span);
            return inner.WriteAsync(buffer, cancellationToken);
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();
    }
}
