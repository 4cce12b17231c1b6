using Yaopai.Server.Accounts;
using Yaopai.Server.Apps;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Sandbox;

/// <summary>Makes friends, and undoes it.</summary>
internal sealed class SandboxFriends(IAccountStore accounts, IFriendStore friends, IAppClock clock)
{
    private const int Shown = 500;

    /// <param name="Mutual">Whether it holds both ways; true when nothing is said.</param>
    /// <param name="Remove">Whether it is undone instead.</param>
    internal sealed record Request(string? User, string? Friend, bool? Mutual, bool? Remove);

    /// <returns>The names of the friends that the person has then.</returns>
    public async Task<(IReadOnlyList<string>? Friends, Problem? Problem)> HandleAsync(Request request, CancellationToken ct)
    {
        if (await accounts.FindByNameAsync(request.User ?? "", ct) is not { } user)
            return (null, Problem.NotFound($"user: there is nobody called \"{request.User}\". GET /sandbox lists the demo users."));

        if (await accounts.FindByNameAsync(request.Friend ?? "", ct) is not { } friend || friend.Id == user.Id)
            return (null, Problem.NotFound($"friend: there is nobody else called \"{request.Friend}\"."));

        await ChangeAsync(user.Id, friend.Id);
        if (request.Mutual is not false)
            await ChangeAsync(friend.Id, user.Id);

        return ([.. (await friends.ListAsync(user.Id, FriendOrder.AddedAt, use: null, skip: 0, Shown, ct)).Select(one => one.Name)], null);

        Task<bool> ChangeAsync(long one, long other) =>
            request.Remove is true ? friends.TryRemoveAsync(one, other, ct) : friends.TryAddAsync(one, other, clock.Now, ct);
    }
}
