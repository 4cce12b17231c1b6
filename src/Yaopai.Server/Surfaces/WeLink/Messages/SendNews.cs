using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>POST /api/messages/v1/news — sends articles with pictures.</summary>
internal sealed record SendNews(MessageKit Kit) : IOperationDefinition
{
    public IOperation Define() => SendRules.Define(
        Kit, Modules.MessagesToUsers, "SendNews", MessageForm.News, SendRules.ToUsers, namesFailed: true);
}
