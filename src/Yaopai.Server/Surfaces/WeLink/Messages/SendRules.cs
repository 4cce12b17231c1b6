using Yaopai.Server.Gateway;
using M = Yaopai.Errors.WeLinkErrors.Message;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>The rules of a message that is sent.</summary>
/// <remarks>The document has no number for a content that is missing or cannot be used: such a message cannot be pushed.</remarks>
internal static class SendRules
{
    public static Rule<SendRequest>[] OfAccount { get; } =
    [
        new(M.PublicAccountIdMissing, x => x.HasAccount),
        new(M.RecipientsMissing,      x => x.NamesRecipients),
        .. Content(),
    ];

    public static Rule<SendRequest>[] ToUsers { get; } =
    [
        new(M.RecipientsMissing,      x => x.NamesRecipients),
        .. Content(),
    ];

    public static IOperation Define(
        MessageKit kit, Module module, string name, MessageForm form, Rule<SendRequest>[] rules, bool namesFailed) =>
        WeLinkRules.Operation(
            kit.Calls, module, name, "POST", ParameterSource.Json, incoming => new SendRequest(incoming, kit, form), rules,
            x => ValueTask.FromResult(x.Answer(namesFailed)));

    private static Rule<SendRequest>[] Content() =>
    [
        new(M.DeliveryFailed,         x => x.Missing is null,         why: x => $"{x.Missing} is missing"),
        new(M.DeliveryFailed,         x => x.Malformed is null,       why: x => $"{x.Malformed} cannot be used"),
        new(M.TooManyRecipients,      x => x.AreFew),
        new(M.PublicAccountUnknown,   x => x.AccountExistsAsync(),    why: x => $"the tenant has no public account '{x.AccountId}'"),
        new(M.RecipientNotFollowing,  x => x.AllFollowAsync(),        why: x => x.WhyNotFollowing()),
        Rule.Claim<SendRequest>(M.DeliveryFailed, x => x.TrySendAsync(), why: _ => "a channel did not take it"),
    ];
}
