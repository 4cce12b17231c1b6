using Microsoft.Extensions.Options;
using Yaopai.Server.Recognition;

namespace Yaopai.Tests.Recognition;

/// <summary>The pictures that <c>Pictures/render.sh</c> made.</summary>
internal static class Rendered
{
    public static byte[] Bytes(string name) =>
        File.ReadAllBytes(Path.Combine(Repository.Root, "tests", "Yaopai.Tests", "Recognition", "Pictures", $"{name}.png"));

    public static Picture Open(string name) => new Pictures(Options.Create(new RecognitionOptions())).Open(Bytes(name))!;
}
