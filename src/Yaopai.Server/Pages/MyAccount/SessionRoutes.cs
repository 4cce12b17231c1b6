using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Forms;

namespace Yaopai.Server.Pages.MyAccount;

/// <summary>POST /account/sessions — signs out elsewhere.</summary>
internal sealed class SessionRoutes(InteractionLoader visits, PageForms forms, Sessions sessions)
{
    public const string Path = PagePaths.Account + "/sessions";
    public const string SessionField = "session";

    /// <summary>Instead of an id.</summary>
    public const string Others = "others";

    public async Task TakeAsync(HttpContext http)
    {
        if (await forms.PersonAsync(http) is not { } person)
        {
            await http.SeeOther(visits.SignInFor(PagePaths.Account));
            return;
        }

        if (await forms.ReadAsync(http) is not { } form)
        {
            await http.WritePageAsync<MessagePage, Message>(Message.Reload(PagePaths.Account), StatusCodes.Status400BadRequest);
            return;
        }

        var which = form[SessionField].ToString();
        if (which is Others)
            await sessions.EndOthersAsync(person, http.RequestAborted);

        var isDone = which is Others
            || (Guid.TryParse(which, out var id) && await sessions.TryEndAsync(person.Account.Id, id, http.RequestAborted));
        var done = which is Others ? "others" : isDone ? "session" : "no-session";
        await http.SeeOther($"{PagePaths.Account}?{MyAccountRoutes.Done}={done}");
    }
}
