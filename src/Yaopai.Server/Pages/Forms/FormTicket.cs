using Yaopai.Server.Consents;

namespace Yaopai.Server.Pages.Forms;

/// <summary>Goes with every form: it is good in the browser and in the sign-in that it was given to, and nowhere else.</summary>
/// <param name="Browser">As <see cref="BrowserId"/> has it.</param>
/// <param name="SessionId">Null while nobody is signed in.</param>
internal sealed record FormTicket(string Browser, Guid? SessionId, DateTimeOffset IssuedAt) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromDays(1);

    public static byte Kind => 11;

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;
}
