using System.Text;
using Yaopai.Server.Gateway;

namespace Yaopai.Tests.Gateway;

public sealed class JsonTests
{
    private const int Large = 1024 * 1024;

    [Fact]
    public void A_thread_keeps_the_room_of_a_small_document_and_gives_up_that_of_a_large_one()
    {
        Write(Large);
        Write(1000);

        Assert.InRange(AllocatedBy(1000), 0, 3000);
        Assert.True(AllocatedBy(Large) > 2 * Large); // the document, and the room that it was written in
        Assert.True(AllocatedBy(Large) > 2 * Large);
        Assert.Equal($$"""{"text":"{{new string('x', Large)}}"}""", Encoding.UTF8.GetString(Write(Large)));
    }

    private static long AllocatedBy(int length)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        Write(length);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static byte[] Write(int length) => Json.Write(Texts[length], static (json, text) => json.WriteString("text", text));

    private static Dictionary<int, string> Texts { get; } = new() { [1000] = new('x', 1000), [Large] = new('x', Large) };
}
