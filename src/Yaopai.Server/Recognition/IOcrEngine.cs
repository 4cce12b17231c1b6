namespace Yaopai.Server.Recognition;

/// <summary>How the text of a picture is arranged.</summary>
internal enum OcrLayout
{
    /// <summary>Pages, columns, tables: the engine finds out.</summary>
    Automatic,

    /// <summary>Lines one below the other, without lines drawn between them.</summary>
    Block,
}

/// <summary>Reads the text of pictures. What it says is what it read: null where it is away or failed.</summary>
internal interface IOcrEngine
{
    /// <summary>What is where, as if the picture stood upright.</summary>
    Task<OcrText?> ReadAsync(Picture picture, OcrLayout layout, CancellationToken ct);

    /// <summary>The same of a picture that may be turned: also by how many degrees (0, 90, 180, 270) clockwise it has to be, to stand
    /// upright; null where it holds too little text to tell. Both take no more time than reading alone may.</summary>
    Task<(OcrText? Text, int? Rotation)> TurnAndReadAsync(Picture picture, OcrLayout layout, CancellationToken ct);
}
