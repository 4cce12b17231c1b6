using Yaopai.Server.Consents;

namespace Yaopai.Server.Accounts.Bindings;

/// <summary>A browser on the page where a person binds. Who the person is stands in a cookie: the address alone says nothing.</summary>
/// <param name="Name">What the cookies of this visit are known by.</param>
/// <param name="ReturnTo">Where the request goes on, with the name: bound or not.</param>
/// <param name="BeginAgain">The request from its beginning.</param>
internal sealed record BindVisit(long AppId, string Name, string ReturnTo, string BeginAgain, DateTimeOffset IssuedAt) : ITicket
{
    /// <summary>Longer than the ticket lives: the page has to say that it is over.</summary>
    private static readonly TimeSpan s_lifetime = TimeSpan.FromHours(1);

    public static byte Kind => 9;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;

    /// <summary>The cookie that holds the <see cref="BindTicket"/>.</summary>
    public static string PersonOf(string name) => "bind-" + name;

    /// <summary>The cookie that holds the <see cref="BindNumber"/>.</summary>
    public static string NumberOf(string name) => "bind-number-" + name;
}

/// <summary>The phone number to which a code was sent last, in a cookie, so that it is asked for once.</summary>
/// <param name="Typed">As the person wrote it.</param>
internal sealed record BindNumber(string Typed, DateTimeOffset IssuedAt) : ITicket
{
    public static byte Kind => 10;

    public DateTimeOffset ExpiresAt => IssuedAt + BindTicket.Lifetime;
}
