using Yaopai.Errors;
using Yaopai.Server.Consents;
using Yaopai.Server.Gateway;
using Yaopai.Server.OAuth;
using Yaopai.Server.Pages.Devices;

namespace Yaopai.Server.Pages.Refusals;

/// <summary>The page for a refusal that a browser meets at a surface.</summary>
internal sealed class ErrorPage(SurfaceProfiles profiles) : IErrorPage
{
    public bool IsWanted(HttpRequest request) => Negotiation.NamesHtml(request);

    public Task WriteAsync(HttpContext http, ErrorDefinition error, string? userCodeParameter) => PageHeaders.NotKept(
        http,
        context => userCodeParameter is not null && IsMended(context, error)
            ? AskForCodeAsync(context, error, EntryFor(context, error, userCodeParameter))
            : context.WritePageAsync<RefusalPage, RefusalModel>(new RefusalModel(error, context.TraceIdentifier), StatusOf(error)));

    private static Task AskForCodeAsync(HttpContext http, ErrorDefinition error, UserCodeEntry entry) =>
        http.WritePageAsync<UserCodePage, UserCodeEntry>(entry, entry.WasTried ? StatusOf(error) : StatusCodes.Status200OK);

    /// <summary>Some platforms answer programs with 200 whatever is wrong; a browser that shows a refusal is told that it is one.</summary>
    private static int StatusOf(ErrorDefinition error) =>
        error.Http >= StatusCodes.Status400BadRequest ? error.Http : StatusCodes.Status400BadRequest;

    /// <summary>By typing a code: another, or the first.</summary>
    private static bool IsMended(HttpContext http, ErrorDefinition error) =>
        error.Audience is Audience.User || (error.Http is StatusCodes.Status400BadRequest && !http.Request.QueryString.HasValue);

    private UserCodeEntry EntryFor(HttpContext http, ErrorDefinition error, string parameter)
    {
        var typed = http.Request.Query[parameter].ToString();
        return new UserCodeEntry(
            error, profiles.FaultOf(error) is { } fault ? DeviceTexts.TextOf(fault) : null, http.TraceIdentifier,
            http.Request.Path, parameter, typed.Length <= UserCode.LongestTyped ? typed : "");
    }
}
