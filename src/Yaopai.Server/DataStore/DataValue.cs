using System.Globalization;

namespace Yaopai.Server.DataStore;

/// <summary>A stored value: a number or a text.</summary>
internal sealed record DataValue
{
    /// <summary>What a value takes beside what it says: without it, empty texts without end would cost nothing.</summary>
    public const int Overhead = 32;

    private DataValue(long? number, string? text) => (Number, Text) = (number, text);

    public long? Number { get; }

    public string? Text { get; }

    /// <summary>How many bytes it counts for.</summary>
    public long Size => Overhead + (Text is null ? sizeof(long) : DataText.Size(Text));

    public static DataValue Of(long number) => new(number, null);

    public static DataValue Of(string text) => new(null, text);

    /// <summary>The number that it is or says.</summary>
    public long? ToInteger() =>
        Number ?? (long.TryParse(Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>The same value, as a number if that is written the same way.</summary>
    public DataValue Normalised() => ToInteger() is { } number && (Text is null || Text == number.ToString()) ? Of(number) : this;

    public override string ToString() => Text ?? Number!.Value.ToString();
}
