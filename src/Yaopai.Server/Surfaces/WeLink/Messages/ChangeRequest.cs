using Yaopai.Server.Messages;
using Yaopai.Server.OAuth;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>A call that changes a message which was sent.</summary>
internal sealed class ChangeRequest(Incoming incoming, MessageKit kit) : MessageRequest(incoming, kit)
{
    private const int LongestStatus = 512, LongestColor = 64;

    private Message _message = null!;

    /// <summary>The first parameter of such a call has no number of its own.</summary>
    public static Module Module { get; } = Modules.Messages with { Unreadable = M.DeliveryFailed };

    public bool IsStatusSound => IsScalar("statusColor")
        && this["messageStatus"].Length <= LongestStatus && this["statusColor"].Length <= LongestColor;

    public bool IsUserListSound => !Body.Has("toUserList") || Body.Scalars("toUserList") is not null;

    public bool AreFew => Users.Count <= Recipients.MostUsers;

    private IReadOnlyList<string> Users => Body.Scalars("toUserList") ?? [];

    /// <summary>False for a message of another app, too, and for one that was taken back.</summary>
    public async ValueTask<bool> LoadMessageAsync() => ClientId.Number(this["itemId"]) is { } id
        && (_message = (await Messages.Messenger.FindAsync(TenantId, Granted.AppId, id, Call.Ct))!) is not null;

    public async ValueTask<bool> TryChangeStatusAsync() => await Messages.Messenger.TryChangeStatusAsync(
        _message, new MessageStatus(this["messageStatus"], this["statusColor"]), [.. Users.Where(UserIds.IsPossible).Distinct()], Call.Ct);

    public async ValueTask<bool> TryRecallAsync() => await Messages.Messenger.TryRecallAsync(_message, Call.Ct);
}
