using System.Globalization;
using Yaopai.Server.DataStore;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>The kinds of arguments. What may be stored is the data store's to say;
/// here, only whether it was written as what it has to be.</summary>
internal static class Readers
{
    public static bool Text(string text, out string value)
    {
        value = text;
        return true;
    }

    public static bool Value(string text, out DataValue value)
    {
        value = DataValue.Of(text);
        return true;
    }

    public static bool Integer(string text, out long value) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && text[0] is not '+'
        && char.IsAsciiDigit(text[^1]);

    /// <summary>What counts from zero: an id, or the number of a kind.</summary>
    public static bool Id(string text, out long value) =>
        // else a NUL may follow
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && char.IsAsciiDigit(text[^1]);

    public static bool PreferenceId(string text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value) && text == value.ToString();

    public static bool PropertyKind(string text, out PropertyKind value) => Kind(text, out value);

    public static bool AssociationKind(string text, out AssociationKind value) => Kind(text, out value);

    public static bool Flag(string text, out bool value)
    {
        value = text is "1" or "true";
        return text is "1" or "true" or "0" or "false";
    }

    /// <summary>Unix seconds.</summary>
    public static bool Time(string text, out DateTimeOffset? value)
    {
        var isSound = Id(text, out var seconds) && seconds <= DateTimeOffset.MaxValue.ToUnixTimeSeconds();
        value = isSound ? DateTimeOffset.FromUnixTimeSeconds(seconds) : null;
        return isSound;
    }

    private static bool Kind<T>(string text, out T value) where T : struct, Enum
    {
        var isSound = Id(text, out var number) && number <= byte.MaxValue;
        value = isSound ? (T)Enum.ToObject(typeof(T), number) : default;
        return isSound && Enum.IsDefined(value);
    }
}
