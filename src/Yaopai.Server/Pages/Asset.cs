using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Yaopai.Server.Pages;

/// <summary>A file that the pages ask for by an address that changes with its content.</summary>
internal sealed class Asset
{
    private const string Version = "v";

    private static readonly FrozenDictionary<string, Lazy<Asset>> s_all = new[]
    {
        ("yaopai.css", "text/css; charset=utf-8"),
        ("yaopai.svg", "image/svg+xml"),
        ("copy.js", "text/javascript; charset=utf-8"),
        ("post.js", "text/javascript; charset=utf-8"),
        ("requests.js", "text/javascript; charset=utf-8"),
        ("scan.js", "text/javascript; charset=utf-8"),
    }.ToFrozenDictionary(file => file.Item1, file => new Lazy<Asset>(() => new Asset(file.Item1, file.Item2)));

    private readonly byte[] _content;
    private readonly string _type;
    private readonly string _hash;

    private Asset(string name, string type)
    {
        using var stream = typeof(Asset).Assembly.GetManifestResourceStream(name)!;
        _content = new byte[stream.Length];
        stream.ReadExactly(_content);
        _type = type;
        _hash = Convert.ToHexStringLower(SHA256.HashData(_content).AsSpan(0, 8));
    }

    public static string Href(string name) => $"/assets/{name}?{Version}={s_all[name].Value._hash}";

    public static Task WriteAsync(HttpContext context)
    {
        if (!s_all.TryGetValue((string)context.Request.RouteValues["name"]!, out var asset))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }

        return asset.Value.AnswerAsync(context);
    }

    private Task AnswerAsync(HttpContext context)
    {
        var response = context.Response;

        // Only the address with this content's own hash may be kept: another release has another address.
        response.Headers.CacheControl =
            context.Request.Query[Version] == _hash ? "public, max-age=31536000, immutable" : "no-cache";
        if (Freshness.IsUnchanged(context, new EntityTagHeaderValue($"\"{_hash}\"")))
            return Task.CompletedTask;

        response.ContentType = _type;
        response.ContentLength = _content.Length;
        return response.Body.WriteAsync(_content, context.RequestAborted).AsTask();
    }
}
