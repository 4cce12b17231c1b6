namespace Yaopai.Server;

/// <summary>Where the sandbox lets chance repeat itself.</summary>
internal interface IRandomSeam
{
    /// <summary>The request under way draws from a stream of its own.</summary>
    void Begin(HttpContext http);

    /// <summary>For what is made once under a name, whoever asks for it first, and whenever; null where no seed is set.</summary>
    IRandomStream? Of(string name);
}
