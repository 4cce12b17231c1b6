using System.Text.Json;
using System.Text.RegularExpressions;
using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>A call about faces.</summary>
internal sealed partial class FaceRequest(Incoming incoming, RecognitionKit kit) : RecognitionRequest(incoming, kit)
{
    private readonly Dictionary<string, Picture> _pictures = [];

    public IReadOnlyList<Face> Found { get; private set; } = [];

    public FaceComparison Compared { get; private set; } = null!;

    /// <summary>Numbers of what else is asked of a face, separated by commas; empty for nothing.</summary>
    public bool HasAttributes => IsScalar("attributes") && (this["attributes"] is "" || Attributes.IsMatch(this["attributes"]));

    public bool OpenPicture(string member) => Open(member) is { } picture && _pictures.TryAdd(member, picture);

    public async ValueTask<bool> DetectAsync()
    {
        if (await Engines.Faces.DetectAsync(_pictures["image"], this["attributes"], Call.Ct) is not { } found)
            return false;

        Found = found;
        return true;
    }

    public async ValueTask<bool> CompareAsync() =>
        (Compared = (await Engines.Faces.CompareAsync(_pictures["image1"], _pictures["image2"], Call.Ct))!) is not null;

    [GeneratedRegex(@"^[0-9]{1,2}(?:,[0-9]{1,2}){0,19}\z")]
    private static partial Regex Attributes { get; }
}

/// <summary>How the endpoints about faces are put together.</summary>
internal static class FaceOperation
{
    public static IOperation Of(RecognitionKit kit, string name, Rule<FaceRequest>[] rules, Func<FaceRequest, Answer> answer) =>
        WeLinkRules.Operation(
            kit.Calls, Modules.Recognition, name, "POST", ParameterSource.Json, incoming => new FaceRequest(incoming, kit), rules,
            x => ValueTask.FromResult(answer(x)));

    public static Rule<FaceRequest>[] Picture(params string[] members) =>
    [
        .. members.Select(member => new Rule<FaceRequest>(E.ParameterMalformed, x => x.Body.Has(member), why: _ => $"{member} is missing")),
        .. members.Select(member => new Rule<FaceRequest>(
            E.ParameterMalformed, x => x.OpenPicture(member), why: _ => FaceRequest.WhyNoPicture(member))),
    ];

    public static void WriteBox(Utf8JsonWriter json, FaceBox box)
    {
        json.WriteStartObject("bounding_box");
        json.WriteNumber("top_left_x", box.Left);
        json.WriteNumber("top_left_y", box.Top);
        json.WriteNumber("width", box.Width);
        json.WriteNumber("height", box.Height);
        json.WriteEndObject();
    }
}
