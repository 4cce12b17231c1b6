namespace Yaopai.Server.Keys;

/// <summary>Lends instances of a type that is not safe for concurrent use, without allocating once warm.</summary>
/// <remarks>Not disposable: a retired key may still be in use on another thread, so its handles are left to their finalizers.</remarks>
internal sealed class InstancePool<T>(Func<T> make)
    where T : class, IDisposable
{
    // More than there are threads at work: an RSA key that finds no place is thrown away, and to read it anew costs as much as to sign.
    private const int PerProcessor = 8;

    private readonly T?[] _idle = new T?[Environment.ProcessorCount * PerProcessor];

    public T Rent()
    {
        var start = Start();
        for (var i = 0; i < _idle.Length; i++)
        {
            ref var place = ref _idle[(start + i) % _idle.Length];
            if (place is not null && Interlocked.Exchange(ref place, null) is { } instance)
                return instance;
        }

        return make();
    }

    public void Return(T instance)
    {
        var start = Start();
        for (var i = 0; i < _idle.Length; i++)
        {
            ref var place = ref _idle[(start + i) % _idle.Length];
            if (place is null && Interlocked.CompareExchange(ref place, instance, null) is null)
                return;
        }

        instance.Dispose();
    }

    // Each processor begins at a place of its own, so that they seldom meet.
    private int Start() => Thread.GetCurrentProcessorId() * PerProcessor % _idle.Length;
}
