using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Hosting;

/// <summary>Who on this node has to know what other nodes wrote.</summary>
internal sealed class FeedSubscribers(RevocationList revocations, AppDirectory apps, AccountDirectory accounts) : IFeedListener
{
    public void OnRevoked(Revocation revocation) => revocations.OnRevoked(revocation);

    public void OnChanged(Change change)
    {
        apps.OnChanged(change);
        accounts.OnChanged(change);
    }
}
