using System.CommandLine;
using Yaopai.Errors;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Admin;

/// <summary><c>user friend</c>: whom a person has for a friend.</summary>
internal static class FriendVerbs
{
    private const int Shown = 500;

    public static Command Command(Shell shell) =>
        new("friend", "A user's friends, as the Open API lists them. A friendship works in one direction.")
        {
            Change(shell, "add", "Adds a friend.", (friends, user, friend, now, ct) => friends.TryAddAsync(user, friend, now, ct)),
            Change(shell, "remove", "Removes a friend.", (friends, user, friend, _, ct) => friends.TryRemoveAsync(user, friend, ct)),
            List(shell),
        };

    private static Command Change(
        Shell shell, string verb, string description,
        Func<IFriendStore, long, long, DateTimeOffset, CancellationToken, Task<bool>> changeAsync)
    {
        var who = UserVerbs.Who();
        var whom = new Argument<string>("friend") { Description = "The id or the name of the friend." };

        return shell.Change(verb, description, [who, whom], async (platform, result, ct) =>
        {
            var user = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
            var friend = await UserVerbs.FindAsync(platform, result.GetRequiredValue(whom), ct);
            if (user.Id == friend.Id)
                throw CommandException.WrongUsage(OperatorErrors.Users.FriendOfThemselves, $"{user.Name} is named twice.");

            var changed = await changeAsync(platform.Get<IFriendStore>(), user.Id, friend.Id, platform.Now, ct);
            await shell.ShowAsync(result, [new("id", user.Id), new("friend", friend.Id), new("changed", changed)]);
        });
    }

    private static Command List(Shell shell)
    {
        var who = UserVerbs.Who();

        return shell.Verb("list", $"Lists a user's friends, latest first, at most {Shown}.", [who], async (platform, result, ct) =>
        {
            var user = await UserVerbs.FindAsync(platform, result.GetRequiredValue(who), ct);
            var friends = await platform.Get<IFriendStore>().ListAsync(user.Id, FriendOrder.AddedAt, use: null, skip: 0, Shown, ct);
            var rows = friends.Select(friend =>
                (IReadOnlyList<Field>)[new("id", friend.AccountId), new("name", friend.Name), new("nickname", friend.Nickname)]).ToList();
            await shell.Out.WriteAsync(result.GetValue(shell.Json) ? Fields.ToJson(rows) : Table.Of(rows, "id", "name", "nickname"));
        });
    }
}
