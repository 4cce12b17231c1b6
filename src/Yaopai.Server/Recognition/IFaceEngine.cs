namespace Yaopai.Server.Recognition;

/// <summary>Where a face is, in pixels of the picture.</summary>
internal readonly record struct FaceBox(double Left, double Top, double Width, double Height);

/// <param name="Attributes">What else the engine says of it, by name, as it is written in JSON.</param>
internal sealed record Face(FaceBox Box, IReadOnlyDictionary<string, string> Attributes);

/// <param name="Similarity">From 0 to 1.</param>
internal sealed record FaceComparison(double Similarity, Face First, Face Second);

/// <summary>Finds and compares faces. What it says is what the engine said: null where there is none, or it failed.</summary>
internal interface IFaceEngine
{
    /// <param name="attributes">What else the engine is asked for, by number.</param>
    Task<IReadOnlyList<Face>?> DetectAsync(Picture picture, string attributes, CancellationToken ct);

    Task<FaceComparison?> CompareAsync(Picture first, Picture second, CancellationToken ct);
}
