using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text.Json.Serialization;

namespace Yaopai.Errors;

/// <summary>Whose fault a service's own error is: the first digit of its code.</summary>
public enum ServiceErrorLevel
{
    System = 1,
    Service = 2,
}

/// <summary>A code of the scheme A-BB-CCC (level, module, number), for the errors of a service of your own: <c>2-05-017</c>.</summary>
/// <remarks>The value that nobody set is no code: it prints as <c>0-00-000</c>, which no text is read as.</remarks>
[JsonConverter(typeof(ServiceErrorCodeConverter))]
public readonly record struct ServiceErrorCode : IComparable<ServiceErrorCode>, ISpanParsable<ServiceErrorCode>
{
    private const int LastNumber = 999;

    public ServiceErrorCode(ServiceErrorLevel level, int module, int number)
    {
        if (level is not (ServiceErrorLevel.System or ServiceErrorLevel.Service))
            throw new ArgumentOutOfRangeException(nameof(level), level, "The level is 1 (system) or 2 (service).");
        ArgumentOutOfRangeException.ThrowIfLessThan(module, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(module, 99);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, LastNumber);
        (Level, Module, Number) = (level, module, number);
    }

    public ServiceErrorLevel Level { get; }

    /// <summary>1 to 99.</summary>
    public int Module { get; }

    /// <summary>1 to 999.</summary>
    public int Number { get; }

    /// <summary>The number that the next error of the module gets: the one after the highest that is taken.</summary>
    /// <remarks>
    /// A gap is an error that was given up, and somebody may still know its number; gaps are filled only when 999 is taken.
    /// </remarks>
    /// <exception cref="InvalidOperationException">All 999 numbers of the module are taken.</exception>
    public static ServiceErrorCode Next(ServiceErrorLevel level, int module, IEnumerable<ServiceErrorCode> taken) =>
        TryNext(level, module, taken, out var next)
            ? next
            : throw new InvalidOperationException(
                $"Module {(int)level}-{module:00} has used its {LastNumber} numbers: start another module.");

    /// <summary>The same; false when all 999 numbers of the module are taken.</summary>
    public static bool TryNext(ServiceErrorLevel level, int module, IEnumerable<ServiceErrorCode> taken, out ServiceErrorCode next)
    {
        next = new ServiceErrorCode(level, module, 1);
        var numbers = taken.Where(code => code.Level == level && code.Module == module).Select(code => code.Number).ToHashSet();
        if (numbers.Count == LastNumber)
            return false;

        var after = numbers.Count == 0 ? 1 : numbers.Max() + 1;
        next = new ServiceErrorCode(
            level, module, after <= LastNumber ? after : Enumerable.Range(1, LastNumber).First(number => !numbers.Contains(number)));
        return true;
    }

    /// <summary>The codes that occur more than once, each named once, in order.</summary>
    public static IReadOnlyList<ServiceErrorCode> Duplicates(IEnumerable<ServiceErrorCode> codes) =>
        [.. codes.GroupBy(code => code).Where(same => same.Skip(1).Any()).Select(same => same.Key).Order()];

    public static ServiceErrorCode Parse(string s, IFormatProvider? provider = null)
    {
        ArgumentNullException.ThrowIfNull(s);
        return Parse(s.AsSpan(), provider);
    }

    public static ServiceErrorCode Parse(ReadOnlySpan<char> s, IFormatProvider? provider = null) => TryParse(s, provider, out var code)
        ? code
        : throw new FormatException($"'{s}' is no error code: write 2-05-017 or 205017, with a level of 1 or 2.");

    public static bool TryParse([NotNullWhen(true)] string? s, out ServiceErrorCode result) => TryParse(s.AsSpan(), null, out result);

    public static bool TryParse([NotNullWhen(true)] string? s, IFormatProvider? provider, out ServiceErrorCode result) =>
        TryParse(s.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> s, IFormatProvider? provider, out ServiceErrorCode result)
    {
        result = default;
        if (s.Length is 8 && (s[1], s[4]) is not ('-', '-') || s.Length is not (6 or 8))
            return false;

        var dash = s.Length is 8 ? 1 : 0;
        if (!TryDigits(s[..1], out var level) || level is not (1 or 2) ||
            !TryDigits(s.Slice(1 + dash, 2), out var module) || module is 0 ||
            !TryDigits(s[^3..], out var number) || number is 0)
            return false;

        result = new ServiceErrorCode((ServiceErrorLevel)level, module, number);
        return true;
    }

    public int CompareTo(ServiceErrorCode other) => (Level, Module, Number).CompareTo((other.Level, other.Module, other.Number));

    public static bool operator <(ServiceErrorCode left, ServiceErrorCode right) => left.CompareTo(right) < 0;

    public static bool operator >(ServiceErrorCode left, ServiceErrorCode right) => left.CompareTo(right) > 0;

    public static bool operator <=(ServiceErrorCode left, ServiceErrorCode right) => left.CompareTo(right) <= 0;

    public static bool operator >=(ServiceErrorCode left, ServiceErrorCode right) => left.CompareTo(right) >= 0;

    /// <summary><c>2-05-017</c>.</summary>
    public override string ToString() => $"{(int)Level}-{Module:00}-{Number:000}";

    /// <summary><c>205017</c>.</summary>
    public string ToCompactString() => $"{(int)Level}{Module:00}{Number:000}";

    private static bool TryDigits(ReadOnlySpan<char> s, out int value) =>
        // the framework overlooks a NUL at the end
        int.TryParse(s, NumberStyles.None, CultureInfo.InvariantCulture, out value) && char.IsAsciiDigit(s[^1]);
}
