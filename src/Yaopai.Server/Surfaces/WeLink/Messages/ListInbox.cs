using System.Text.Json;
using Yaopai.Server.Gateway;
using Yaopai.Server.Messages;
using Yaopai.Server.OAuth;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>GET /api/messages/v1/inbox — a page of what the member of the token has, the latest first.</summary>
/// <remarks>Beyond the document, which leaves reading to the client: without it nobody could read what was sent.</remarks>
internal sealed record ListInbox(MessageKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(M.UserNotSignedIn, x => x.Token.IsOfUser, why: _ => "the token is of an app alone"),
        new(M.DeliveryFailed,  x => x.PageSize is >= 1 and <= Request.LargestPage,
            why: x => $"pageSize is '{x["pageSize"]}', 1 to {Request.LargestPage} is known"),
        new(M.DeliveryFailed,  x => x["before"] is "" || x.Before is not null,
            why: x => $"before is '{x["before"]}', an itemId is expected"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, ChangeRequest.Module, "ListInbox", "GET", ParameterSource.Query, incoming => new Request(incoming, Kit), Rules,
        x => x.AnswerAsync());

    internal sealed class Request(Incoming incoming, MessageKit kit) : MessageRequest(incoming, kit)
    {
        public const int LargestPage = 100;

        private const int UsualPage = 20;

        public long? PageSize => this["pageSize"] is "" ? UsualPage : ClientId.Number(this["pageSize"]);

        public long? Before => ClientId.Number(this["before"]);

        public async ValueTask<Answer> AnswerAsync()
        {
            var others = await Messages.Recipients.BelongingsAsync(TenantId, User.UserId, Call.Ct);
            var page = await Messages.Messenger.InboxAsync(TenantId, User.UserId, others, Before, (int)PageSize!.Value, Call.Ct);
            return WeLinkDialect.Ok(page, static (json, page) =>
            {
                json.WriteStartArray("data");
                foreach (var item in page)
                    Write(json, item);
                json.WriteEndArray();
            });
        }

        private static void Write(Utf8JsonWriter json, InboxItem item)
        {
            var message = item.Message;
            json.WriteStartObject();
            json.WriteString("itemId", $"{message.Id}");
            json.WriteString("msgType", TypeOf(message.Kind));
            json.WriteString("publicAccID", message.PublicAccountId ?? "");
            json.WriteString("msgOwner", message.Owner);
            Write(json, "msgTitle", message.Title);
            Write(json, "msgContent", message.Content);
            json.WriteString("messageStatus", item.Status.Text);
            json.WriteString("statusColor", item.Status.Color);
            json.WriteString("sendTime", $"{message.SentAt.ToUnixTimeMilliseconds()}");
            json.WriteBoolean("isRecalled", message.RecalledAt is not null);
            json.WritePropertyName("details");
            json.WriteRawValue(message.Details, skipInputValidation: true); // written by this surface
            json.WriteEndObject();
        }

        private static void Write(Utf8JsonWriter json, string name, Bilingual text)
        {
            json.WriteStartObject(name);
            json.WriteString("CN", text.Zh);
            json.WriteString("EN", text.En);
            json.WriteEndObject();
        }

        private static string TypeOf(MessageKind kind) => kind switch
        {
            MessageKind.Text => "text",
            MessageKind.Card => "card",
            MessageKind.AppCard => "wecode",
            MessageKind.Image => "image",
            MessageKind.News => "news",
            _ => throw new InvalidOperationException($"{kind} has no name on the wire."),
        };
    }
}
