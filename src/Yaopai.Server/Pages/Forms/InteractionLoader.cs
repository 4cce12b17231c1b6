using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Pages.Forms;

/// <summary>A person sent here by a request of an app, or by a page that needs a signed-in person.</summary>
/// <param name="Sealed">The interaction as it stands in the address.</param>
/// <param name="App">Null where a page of this server asks.</param>
internal sealed record Visit(string Sealed, Interaction Interaction, App? App)
{
    public string At(string page) => PagePaths.With(page, Sealed);
}

/// <summary>Finds the request that sent a person to a page.</summary>
internal sealed class InteractionLoader(Tickets tickets, AppDirectory apps, IAppClock clock)
{
    /// <summary>Where somebody signs in who then comes back to a page of this server.</summary>
    /// <param name="anew">Who is signed in signs in again.</param>
    public string SignInFor(string returnTo, bool anew = false) => PagePaths.With(
        PagePaths.SignIn, tickets.Seal(Interaction.OfOwnPage(returnTo, clock.Now) with { WantsSignIn = anew }));

    /// <summary>Null when nobody does: no interaction, a broken or an old one, or an app that is gone.</summary>
    public async ValueTask<Visit?> FindAsync(HttpContext http)
    {
        var text = TextOf(http);
        if (await tickets.UnsealAsync<Interaction>(text, http.RequestAborted) is not { } interaction)
            return null;

        if (interaction.AppId == 0)
            return new Visit(text, interaction, null);

        if (await apps.FindAsync(interaction.AppId, http.RequestAborted) is not { IsEnabled: true } app)
            return null;

        PageHeaders.LetFormsLeadOut(http.Response);
        return new Visit(text, interaction, app);
    }

    /// <summary>What to say where nobody does. A request that was sealed here and is merely old can be begun again: it is checked from its
    /// first rule, as if it came for the first time.</summary>
    public async ValueTask<Message> WhyNobodyAsync(HttpContext http) =>
        await tickets.UnsealAtAnyAgeAsync<Interaction>(TextOf(http), http.RequestAborted) is { } old && clock.Now >= old.ExpiresAt
            ? Message.BeginAgain(old.ReturnTo)
            : Message.NobodyAsks;

    private static string TextOf(HttpContext http) => http.Request.Query[PagePaths.Request].ToString();
}
