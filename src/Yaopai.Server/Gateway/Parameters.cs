using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Yaopai.Server.Gateway;

/// <summary>What a caller sent, in the query and the form alike, decoded strictly.</summary>
/// <remarks>
/// The framework's form reader forgives broken percent-encoding, invalid UTF-8 and repeated names. Here each of them is a refusal,
/// because a credential that was altered on its way has to be noticed, and because one name may not carry two meanings.
/// A name that nothing reads carries none: it may be repeated, and is not there then (RFC 6749 §3.1: what is not known is ignored).
/// </remarks>
internal sealed class Parameters
{
    /// <summary>More than any operation knows, and few enough that looking for repeats stays cheap.</summary>
    public const int Limit = 1000;

    private readonly List<KeyValuePair<string, string>> _items = new(8);
    private IReadOnlySet<string>? _known;
    private HashSet<string>? _names;
    private HashSet<string>? _ignored;
    private int _repeats;
    private int _fromQuery;

    public static Parameters None { get; } = new();

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Items => _items;

    /// <summary>True when reading stopped because there were too many.</summary>
    public bool AreTooMany => _items.Count + _repeats > Limit;

    /// <summary>True when names were repeated that nothing reads. Of what is signed, nobody can say which of them was.</summary>
    public bool HaveRepeats => _ignored is not null;

    /// <summary>Why reading failed, without any value; null where it did not.</summary>
    public string? Fault { get; private set; }

    /// <summary>What a caller wrote in another way than a query or a form. The names are all different.</summary>
    public static Parameters Of(IEnumerable<KeyValuePair<string, string>> items)
    {
        var parameters = new Parameters();
        parameters._items.AddRange(items);
        return parameters;
    }

    /// <summary>The value, or an empty string where the parameter is absent: absent and empty mean the same (RFC 6749 §3.2).</summary>
    /// <exception cref="FailureException">It was repeated: its surface reads it, and did not say so.</exception>
    public string this[string name]
    {
        get
        {
            foreach (var (key, value) in _items)
            {
                if (key == name)
                    return value;
            }

            return _ignored?.Contains(name) is true ? throw new FailureException(Failure.Unparsable, $"{name} stands more than once") : "";
        }
    }

    /// <summary>Reads a query with its question mark. False when it is broken or repeats a name; what came before that is kept.</summary>
    /// <param name="known">The names that may stand once; null for all.</param>
    public static bool TryRead(ReadOnlySpan<char> query, out Parameters parameters, IReadOnlySet<string>? known = null)
    {
        parameters = new Parameters { _known = known };
        if (query.IsEmpty)
            return true;

        var bytes = new byte[query.Length - 1];
        return Ascii.FromUtf16(query[1..], bytes, out _) is OperationStatus.Done
            ? parameters.TryAdd(bytes, "query")
            : parameters.Fails("the query holds octets that are not percent-encoded");
    }

    /// <summary>Reads a form into the same names. False when it is broken, or repeats a name with another value.</summary>
    public bool TryAdd(in ReadOnlySequence<byte> form)
    {
        _fromQuery = _items.Count;
        return TryAdd(form.IsSingleSegment ? form.FirstSpan : form.ToArray(), "form");
    }

    /// <summary>Reads the members of a JSON object into the same names. False where it repeats a name of the query with another value,
    /// or a text holds a NUL.</summary>
    public bool TryAdd(JsonBody body)
    {
        _fromQuery = _items.Count;
        foreach (var (name, value) in body.Members)
        {
            if (name.Contains('\0') || value.Contains('\0'))
                return Fails("a text of the body holds a NUL");

            if (!TryAdd(name, value))
                return false;
        }

        return true;
    }

    private bool TryAdd(ReadOnlySpan<byte> encoded, string where)
    {
        for (var number = 1; !encoded.IsEmpty; number++)
        {
            var end = encoded.IndexOf((byte)'&');
            var pair = end < 0 ? encoded : encoded[..end];
            encoded = end < 0 ? [] : encoded[(end + 1)..];
            if (pair.IsEmpty)
                continue;

            var equals = pair.IndexOf((byte)'=');
            if (!TryDecode(equals < 0 ? pair : pair[..equals], out var name) ||
                !TryDecode(equals < 0 ? [] : pair[(equals + 1)..], out var value))
                return Fails($"parameter {number} of the {where} holds {FlawOf(pair)}");

            if (!TryAdd(name, value))
                return false;
        }

        return true;
    }

    /// <summary>A name may stand once in the query and once in the body, with one value;
    /// clients exist that send some of theirs in both.</summary>
    private bool TryAdd(string name, string value)
    {
        if (_ignored?.Contains(name) is true)
        {
            _repeats++;
            return IsWithinLimit();
        }

        for (var i = 0; i < _items.Count && _names is null; i++)
        {
            if (_items[i].Key == name)
                return TryRepeat(i, name, value);
        }

        if (_names is null && _items.Count == 16)
            _names = [.. _items.Select(item => item.Key)];

        if (_names?.Add(name) is false)
            return TryRepeat(_items.FindIndex(item => item.Key == name), name, value);

        _items.Add(new(name, value));
        return IsWithinLimit();
    }

    private bool TryRepeat(int at, string name, string value)
    {
        if (at < _fromQuery && _items[at].Value == value)
            return true;

        if (_known?.Contains(name) is not false)
            return Fails(at < _fromQuery ? $"{name} stands in query and body, with two values" : $"{name} stands more than once");

        _items.RemoveAt(at);
        _fromQuery -= at < _fromQuery ? 1 : 0;
        (_ignored ??= []).Add(name);
        _repeats += 2;
        return IsWithinLimit();
    }

    private bool IsWithinLimit() => !AreTooMany || Fails($"there are more than {Limit} parameters");

    private bool Fails(string why)
    {
        Fault = why;
        return false;
    }

    private static string FlawOf(ReadOnlySpan<byte> pair)
    {
        for (var at = pair.IndexOf((byte)'%'); at >= 0 && at < pair.Length; at++)
        {
            if (pair[at] == '%' && (at + 2 >= pair.Length || !TryHex(pair[at + 1], pair[at + 2], out _)))
                return "a percent sign without two hexadecimal digits";
        }

        return pair.Contains((byte)0) || pair.IndexOf("%00"u8) >= 0 ? "a NUL" : "octets that are no UTF-8";
    }

    private static bool TryDecode(ReadOnlySpan<byte> encoded, out string decoded)
    {
        if (encoded.IndexOfAny((byte)'%', (byte)'+', (byte)0) < 0)
            return TryText(encoded, out decoded);

        var rented = ArrayPool<byte>.Shared.Rent(encoded.Length);
        try
        {
            var length = 0;
            for (var i = 0; i < encoded.Length; i++)
            {
                var octet = encoded[i];
                if (octet == '%')
                {
                    if (i + 2 >= encoded.Length || !TryHex(encoded[i + 1], encoded[i + 2], out octet))
                        return No(out decoded);

                    i += 2;
                }
                else if (octet == '+')
                {
                    octet = (byte)' ';
                }

                // nothing that this server stores or compares holds a NUL; what reads up to it elsewhere would see another value
                if (octet == 0)
                    return No(out decoded);

                rented[length++] = octet;
            }

            return TryText(rented.AsSpan(0, length), out decoded);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented, clearArray: true); // it held a secret or a token
        }
    }

    private static bool TryText(ReadOnlySpan<byte> utf8, out string text)
    {
        if (!Utf8.IsValid(utf8))
            return No(out text);

        text = Encoding.UTF8.GetString(utf8);
        return true;
    }

    private static bool TryHex(byte high, byte low, out byte octet)
    {
        var (h, l) = (HexValue(high), HexValue(low));
        octet = (byte)((h << 4) | l);
        return (h | l) >= 0;
    }

    private static int HexValue(byte digit) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        _ => -1,
    };

    private static bool No(out string text)
    {
        text = "";
        return false;
    }
}
