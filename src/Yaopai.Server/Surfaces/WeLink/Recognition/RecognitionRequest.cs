using Yaopai.Server.Gateway;
using Yaopai.Server.Recognition;
using E = Yaopai.Errors.WeLinkErrors.Recognition;

namespace Yaopai.Server.Surfaces.WeLink.Recognition;

/// <summary>What the endpoints for pictures work with.</summary>
internal sealed record RecognitionKit(WeLinkKit Calls, Pictures Pictures, IOcrEngine Ocr, IFaceEngine Faces);

/// <summary>A call with pictures, as base64.</summary>
internal class RecognitionRequest(Incoming incoming, RecognitionKit kit) : WeLinkRequest(incoming)
{
    protected RecognitionKit Engines => kit;

    public static string WhyNoPicture(string member) =>
        $"{member} is no PNG, JPEG, GIF, BMP or WebP in base64, or is too small or too large";

    /// <summary>Null for what is no picture, or not within the limits.</summary>
    protected Picture? Open(string member)
    {
        var text = Body.Text(member);
        var bytes = new byte[(text.Length / 4 + 1) * 3];
        return Convert.TryFromBase64String(text, bytes, out var length) ? kit.Pictures.Open(bytes.AsMemory(0, length)) : null;
    }
}

/// <summary>A call to have text read.</summary>
internal sealed class OcrRequest(Incoming incoming, RecognitionKit kit, OcrLayout layout) : RecognitionRequest(incoming, kit)
{
    private Picture? _picture;
    private IReadOnlyList<string>? _chosen;

    public Picture Picture => _picture!;

    /// <summary>What was read.</summary>
    public OcrText Read { get; private set; } = null!;

    /// <summary>By how many degrees the picture has to be turned; null where that was not asked, or could not be told.</summary>
    public int? Rotation { get; private set; }

    public IReadOnlyList<string> Chosen => _chosen ?? [];

    public bool OpenPicture() => (_picture = Open("image")) is not null;

    /// <summary>A flag that is neither true nor false is a mistake.</summary>
    public bool IsFlag(string member) => !Body.Has(member) || (IsScalar(member) && this[member] is "true" or "false");

    public bool HasFlag(string member) => this[member] is "true";

    /// <summary>A list that names nothing but what is known; a list that is missing or empty chooses everything.</summary>
    public bool ReadChoice(string member, IReadOnlyCollection<string> known)
    {
        _chosen = Body.Has(member) ? Body.Texts(member) : [];
        return _chosen is not null && _chosen.All(known.Contains);
    }

    public async ValueTask<bool> ReadTextAsync()
    {
        var (text, rotation) = HasFlag("detectDirection")
            ? await Engines.Ocr.TurnAndReadAsync(Picture, layout, Call.Ct)
            : (await Engines.Ocr.ReadAsync(Picture, layout, Call.Ct), null);
        (Read, Rotation) = (text!, rotation);
        return text is not null;
    }
}

/// <summary>How the endpoints that read text are put together.</summary>
internal static class OcrOperation
{
    public static IOperation Of(
        RecognitionKit kit, string name, OcrLayout layout, Rule<OcrRequest>[] rules, Func<OcrRequest, Answer> answer) =>
        WeLinkRules.Operation(
            kit.Calls, Modules.Recognition, name, "POST", ParameterSource.Json, incoming => new OcrRequest(incoming, kit, layout), rules,
            x => ValueTask.FromResult(answer(x)));

    /// <param name="own">Rules about what else the operation may be sent.</param>
    public static Rule<OcrRequest>[] Rules(params Rule<OcrRequest>[] own) =>
    [
        new(E.ParameterMalformed, x => x.Body.Has("image"), why: _ => "image is missing"),
        new(E.ParameterMalformed, x => x.OpenPicture(),     why: _ => OcrRequest.WhyNoPicture("image")),
        .. own,
        new(E.OcrUnavailable,     x => x.ReadTextAsync(),   why: _ => "there is no engine, or it failed; the log says what"),
    ];

    public static Rule<OcrRequest> Flag(string member) =>
        new(E.ParameterMalformed, x => x.IsFlag(member), why: _ => $"{member} is neither true nor false");
}
