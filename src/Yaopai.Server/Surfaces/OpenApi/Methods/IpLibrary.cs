using System.Net;
using Microsoft.Extensions.Options;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>Where an address is said to be.</summary>
internal sealed record IpPlace(string Province, string City);

/// <summary>Which network is where: a file of the installation, over networks that are reserved for examples.</summary>
/// <remarks>The file is CSV in UTF-8, a network a line: <c>203.0.113.0/24,广东,深圳</c>.
/// The narrowest network that holds an address counts.</remarks>
internal sealed class IpLibrary
{
    /// <summary>RFC 5737 and RFC 3849: nobody's.</summary>
    private static readonly string[] s_examples =
    [
        "192.0.2.0/24,北京,北京",
        "198.51.100.0/24,上海,上海",
        "203.0.113.0/24,广东,深圳",
        "2001:db8::/32,浙江,杭州",
    ];

    private readonly Dictionary<IPNetwork, IpPlace> _places = [];
    private readonly int[] _lengths;

    public IpLibrary(IOptions<OpenApiOptions> options)
    {
        foreach (var line in s_examples.Concat(options.Value.IpLibrary is { } file ? File.ReadLines(file) : []))
        {
            if (TryRead(line, out var network, out var place))
                _places[network] = place;
        }

        _lengths = [.. _places.Keys.Select(network => network.PrefixLength).Distinct().OrderDescending()];
    }

    /// <summary>The first line of a file that is not one of a library, with its number; null when all are.</summary>
    public static (int Number, string Line)? FirstWrong(string file)
    {
        var number = 0;
        foreach (var line in File.ReadLines(file))
        {
            number++;
            if (!IsNothing(line) && !TryRead(line, out _, out _))
                return (number, line);
        }

        return null;
    }

    public IpPlace? Find(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = plain.GetAddressBytes();
        foreach (var length in _lengths)
        {
            if (length <= bytes.Length * 8 && _places.TryGetValue(new IPNetwork(Masked(bytes, length), length), out var place))
                return place;
        }

        return null;
    }

    private static IPAddress Masked(byte[] bytes, int length)
    {
        var masked = new byte[bytes.Length];
        for (var i = 0; i < bytes.Length; i++)
            masked[i] = (byte)(bytes[i] & (length >= (i + 1) * 8 ? 0xff : length <= i * 8 ? 0 : 0xff << (((i + 1) * 8) - length)));

        return new IPAddress(masked);
    }

    private static bool IsNothing(string line) => line.Trim() is "" or ['#', ..];

    private static bool TryRead(string line, out IPNetwork network, out IpPlace place)
    {
        place = new IpPlace("", "");
        network = default;
        if (line.Split(',', StringSplitOptions.TrimEntries) is not [var text, var province, var city]
            || !IPNetwork.TryParse(text, out network))
            return false;

        place = new IpPlace(province, city);
        return true;
    }
}
