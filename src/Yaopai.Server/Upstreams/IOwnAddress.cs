namespace Yaopai.Server.Upstreams;

/// <summary>Where this very server listens, for upstreams that it serves itself. Registered in the sandbox alone.</summary>
internal interface IOwnAddress
{
    /// <summary>Null before it listens.</summary>
    Uri? Find();
}
