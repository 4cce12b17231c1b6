using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi.Data;

/// <summary>Reads what a parameter says; false when it says nothing of its kind.</summary>
internal delegate bool Reader<T>(string text, out T value);

/// <summary>What a method wants to be told.</summary>
internal abstract class Argument(string name, bool isRequired)
{
    public string Name => name;

    public bool IsRequired => isRequired;

    public abstract bool TryRead(Parameters parameters, out object? value);

    public static Argument<T> Required<T>(string name, Reader<T> reader) => new(name, reader, isRequired: true, default!);

    /// <param name="absent">What it means to say nothing.</param>
    public static Argument<T> Optional<T>(string name, Reader<T> reader, T absent) => new(name, reader, isRequired: false, absent);

    /// <summary>A value that has to be there, and may be the empty text.</summary>
    public static Argument<T> Present<T>(string name, Reader<T> reader) => new(name, reader, isRequired: true, default!, mayBeEmpty: true);
}

internal sealed class Argument<T>(string name, Reader<T> reader, bool isRequired, T absent, bool mayBeEmpty = false)
    : Argument(name, isRequired)
{
    public override bool TryRead(Parameters parameters, out object? value)
    {
        var text = parameters[Name];
        if (text is "" && !(mayBeEmpty && parameters.Items.Any(parameter => parameter.Key == Name)))
        {
            value = absent;
            return !IsRequired;
        }

        var isSound = reader(text, out var read);
        value = read;
        return isSound;
    }
}
