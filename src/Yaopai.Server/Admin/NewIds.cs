using Yaopai.Errors;
using Yaopai.Server.Accounts;

namespace Yaopai.Server.Admin;

/// <summary>Ids for what is new: random, so that they say nothing of how many there are or which was first.</summary>
internal static class NewIds
{
    public static long Group() => Randomness.GetInt32(100_000, 1_000_000);

    public static long Developer() => Randomness.GetInt32(1_000_000, 10_000_000);

    /// <summary>Nine digits: a client_id.</summary>
    public static long App() => Randomness.GetInt32(100_000_000, 1_000_000_000);

    /// <summary>64 bits.</summary>
    public static long Tenant() => Randomness.GetInt64();

    public static long Account() => AccountFormats.NewId();

    public static long Phone() => AccountFormats.NewId();

    /// <summary>Tries ids until one is free.</summary>
    public static async Task<T> AddAsync<T>(Func<T> make, Func<T, CancellationToken, Task<bool>> tryAdd, CancellationToken ct)
    {
        // Even a store that is nine tenths full gives a free id in so many tries.
        for (var tries = 1; tries <= 200; tries++)
        {
            var made = make();
            if (await tryAdd(made, ct))
                return made;
        }

        throw new CommandException(OperatorErrors.Storage.IdsTaken, "No free id was found.");
    }
}
