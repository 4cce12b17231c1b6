using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Yaopai.Errors;

namespace Yaopai.Server.Admin;

/// <summary>Options and arguments that several verbs take, held to the rules of <see cref="Formats"/>.</summary>
internal static class Inputs
{
    public static Option<string?> Surface() => new Option<string?>("--surface") { Description = "Only errors of this surface." }
        .AcceptOnlyFromAmong([.. ErrorCatalogue.Surfaces.Select(surface => surface.Slug)]);

    public static Argument<long> Id(string noun, string name = "id") =>
        new(name) { Description = $"The id of the {noun}.", CustomParser = result => ReadId(result) ?? 0 };

    /// <summary>Another thing, by its id.</summary>
    public static Option<long?> IdOf(string name, string description, bool required = false) =>
        new(name) { Description = description, HelpName = "id", Required = required, CustomParser = ReadId };

    /// <summary>An organisation: sixteen hexadecimal digits.</summary>
    public static Argument<long> Tenant() =>
        new("tenant") { Description = "The id of the organisation.", CustomParser = result => ReadTenant(result) ?? 0 };

    public static Option<long?> TenantOf(string name, string description, bool required = false) =>
        new(name) { Description = description, HelpName = "id", Required = required, CustomParser = ReadTenant };

    /// <summary>A flag that can also be taken back: --name false.</summary>
    public static Option<bool?> Flag(string name, string description) =>
        new Option<bool?>(name) { Description = description }.AcceptOnlyFromAmong("true", "false");

    public static Option<int> Number(string name, string description, string unit, int least, int most, int usual)
    {
        var option = new Option<int>(name) { Description = description, HelpName = unit, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var text }] && !(int.TryParse(text, out var number) && number >= least && number <= most))
                result.AddError($"{name} must be a number from {least} to {most}, not '{text}'.");
        });
        return option;
    }

    /// <param name="faultOf">Says what is wrong with a value, as the end of "--name …"; null when nothing is.</param>
    public static Option<string?> Text(string name, string unit, string description, Func<string, string?> faultOf,
        bool required = false) =>
        Held(new Option<string?>(name) { Description = description, HelpName = unit, Required = required }, faultOf);

    /// <summary>An option that may be given more than once.</summary>
    public static Option<string[]?> Texts(string name, string unit, string description, Func<string, string?> faultOf) =>
        Held(new Option<string[]?>(name) { Description = description, HelpName = unit, Arity = ArgumentArity.OneOrMore }, faultOf);

    /// <summary>The same option, where an empty text takes the value away.</summary>
    public static Func<string, string?> OrEmpty(Func<string, string?> faultOf) => value => value is "" ? null : faultOf(value);

    /// <summary>Two options that say the opposite, or the same thing twice.</summary>
    public static Command Exclude(Command verb, Option one, Option other)
    {
        verb.Validators.Add(result =>
        {
            if (result.GetResult(one) is { Implicit: false } && result.GetResult(other) is { Implicit: false })
                result.AddError($"Give {one.Name} or {other.Name}, not both.");
        });
        return verb;
    }

    private static long? ReadId(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var id))
            return id;

        result.AddError($"An id is a number, not '{text}'.");
        return null;
    }

    private static long? ReadTenant(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (Formats.TryTenant(text, out var id))
            return id;

        result.AddError($"An organisation's id has 16 hexadecimal digits, not '{text}'.");
        return null;
    }

    private static T Held<T>(T option, Func<string, string?> faultOf) where T : Option
    {
        option.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (faultOf(token.Value) is { } fault)
                    result.AddError($"{option.Name} {fault}, not '{token.Value}'.");
            }
        });
        return option;
    }
}
