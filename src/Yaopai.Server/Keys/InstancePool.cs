using Microsoft.Extensions.ObjectPool;

namespace Yaopai.Server.Keys;

/// <summary>Pools of a type that is not safe for concurrent use.</summary>
/// <remarks>Not disposed: a retired key may still be in use on another thread, so its handles are left to their finalizers.</remarks>
internal static class InstancePool
{
    // More than there are threads at work: an RSA key that finds no place is thrown away, and to read it anew costs as much as to sign.
    private static readonly DefaultObjectPoolProvider s_pools = new() { MaximumRetained = Environment.ProcessorCount * 8 };

    public static ObjectPool<T> Of<T>(Func<T> make) where T : class, IDisposable => s_pools.Create(new Policy<T>(make));

    private sealed class Policy<T>(Func<T> make) : IPooledObjectPolicy<T> where T : class
    {
        public T Create() => make();

        public bool Return(T obj) => true;
    }
}
