using Yaopai.Server.Messages;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>What operations on messages work with.</summary>
internal sealed record MessageKit(
    WeLinkKit Calls, Messenger Messenger, IPublicAccountStore Accounts, IFollowStore Follows, IRecipientStore Recipients);

/// <summary>A call about messages, and who is behind its token.</summary>
internal class MessageRequest(Incoming incoming, MessageKit kit) : WeLinkRequest(incoming)
{
    protected MessageKit Messages => kit;
}
