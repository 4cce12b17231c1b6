namespace Yaopai.Server.Admin.Resources;

/// <summary>A value that was given, where no value is one too. What was not given is null itself.</summary>
internal readonly record struct Choice<T>(T Value);

internal static class Choice
{
    public static Choice<T> Of<T>(T value) => new(value);

    public static T Or<T>(this Choice<T>? choice, T known) => choice is { } given ? given.Value : known;
}
