using System.Text.Json.Serialization;
using Yaopai.Server.Credentials;

namespace Yaopai.Server.Consents;

/// <summary>What a request has to ask a person before it can be answered.
/// Travels sealed to the pages, which know nothing else of it.</summary>
/// <param name="AppId">Zero where no app asks, but a page of this server.</param>
/// <param name="AsksForPhone">Whether the person chooses a phone number to share.</param>
/// <param name="OneTapScopes">Those of the scopes that one button gives, which shows the account's own number,
/// and nothing else does.</param>
/// <param name="ReturnTo">The request itself, as path and query on this host: what the pages go back to.</param>
/// <param name="IsTouch">Shown on a phone.</param>
/// <param name="WantsSignIn">A person who signed in before this has to sign in again.</param>
/// <param name="WantsVerdict">The request has to be told that it was allowed, though it was before.</param>
internal sealed record Interaction(
    long AppId,
    IReadOnlyList<string> Scopes,
    bool AsksForPhone,
    IReadOnlyList<string> OneTapScopes,
    string ReturnTo,
    bool IsTouch,
    DateTimeOffset IssuedAt,
    bool WantsSignIn = false,
    bool WantsVerdict = false) : ITicket
{
    private static readonly TimeSpan s_lifetime = TimeSpan.FromMinutes(10);

    public static byte Kind => 1;

    /// <summary>A page of this server needs a signed-in person for itself, and no app asks.</summary>
    public static Interaction OfOwnPage(string returnTo, DateTimeOffset now) =>
        new(AppId: 0, Scopes: [], AsksForPhone: false, OneTapScopes: [], returnTo, IsTouch: false, now);

    [JsonIgnore]
    public bool OffersOneTap => OneTapScopes.Count > 0;

    /// <summary>What may be allowed without that button.</summary>
    [JsonIgnore]
    public IEnumerable<string> PlainScopes => Scopes.Except(OneTapScopes);

    public DateTimeOffset ExpiresAt => IssuedAt + s_lifetime;

    /// <summary>Whether this sign-in is the one that is wanted.</summary>
    public bool IsContentWith(Credential session) => !WantsSignIn || session.IssuedAt >= IssuedAt;
}
