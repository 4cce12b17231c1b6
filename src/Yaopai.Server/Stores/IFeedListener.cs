using Yaopai.Server.Credentials;

namespace Yaopai.Server.Stores;

/// <summary>Whoever must obey what other nodes wrote. Told at least once, possibly often, and never from two threads at once.</summary>
internal interface IFeedListener
{
    void OnRevoked(Revocation revocation);

    void OnChanged(Change change);
}
