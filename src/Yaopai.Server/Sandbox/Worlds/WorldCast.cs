using System.Buffers.Binary;
using System.Globalization;
using Yaopai.Server.Accounts;
using Yaopai.Server.Keys;
using Yaopai.Server.Sandbox.WeChat;

namespace Yaopai.Server.Sandbox.Worlds;

/// <summary>Draws the ids of a new world, and says what its apps and people are called.</summary>
internal sealed class WorldCast(KeyRing keys)
{
    private const string Letters = "abcdefghjkmnpqrstuvwxyz23456789"; // nothing that reads like something else
    private const int LettersOfId = 6;

    /// <summary>How many of the last digits of an id make a number in the region.</summary>
    private static readonly Dictionary<string, (string Prefix, int Digits)> s_numbers = new()
    {
        ["86"] = ("111", 8), // of no network: nobody's
        ["852"] = ("6", 7),
        ["7"] = ("987", 7),
    };

    public static World Draw(DateTimeOffset now, TimeSpan lifetime) => new(
        "w" + Randomness.GetString(Letters, LettersOfId),
        [.. DemoData.Apps.Select(_ => (long)Randomness.GetInt32(300_000_000, 1_000_000_000))],
        [.. DemoData.Users.Select(_ => AccountFormats.NewId())],
        [NewDeveloper(), NewDeveloper()],
        NewDeveloper(),
        [NewTenant(), NewTenant()],
        ToMilliseconds(now), ToMilliseconds(now) + lifetime);

    public DemoCast Of(World world) => new()
    {
        Apps =
        [
            .. DemoData.Apps.Select((app, at) => app with
            {
                ClientId = world.Apps[at],
                ClientSecret = SecretOf(world.Apps[at]),
                DeveloperId = world.Developers[app.DeveloperId == DemoData.Apps[0].DeveloperId ? 0 : 1],
            }),
        ],
        Users =
        [
            .. DemoData.Users.Select((user, at) => user with
            {
                Id = world.Users[at],
                Name = $"{user.Role}-{world.Id}",
                National = user.CallingCode is { } code ? NumberOf(world.Users[at], code) : null,
            }),
        ],
        GroupId = world.GroupId,
        Welink = new(world.Tenants[0], $"{DemoOrganisations.WelinkDomain}-{world.Id}"),
        Stranger = new(world.Tenants[1], $"{DemoOrganisations.StrangerDomain}-{world.Id}"),
        WeChat = WeChatPeople.AccountsOf(world.Apps[0]),
    };

    /// <summary>As it is stored.</summary>
    private static DateTimeOffset ToMilliseconds(DateTimeOffset instant) =>
        DateTimeOffset.FromUnixTimeMilliseconds(instant.ToUnixTimeMilliseconds());

    private static string NumberOf(long userId, string callingCode)
    {
        var (prefix, digits) = s_numbers[callingCode];
        return prefix + userId.ToString(CultureInfo.InvariantCulture)[^digits..];
    }

    private static long NewDeveloper() => Randomness.GetInt32(100_000_000, int.MaxValue);

    private static long NewTenant() => Randomness.GetInt64();

    /// <summary>Derived, so that no secret is stored and every node can show it.</summary>
    private string SecretOf(long clientId)
    {
        Span<byte> data = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64BigEndian(data, clientId);
        Span<byte> secret = stackalloc byte[IdentifierKey.DerivedLength];
        keys.Derive("secret in a world"u8, data, secret);
        return Convert.ToHexStringLower(secret);
    }
}
