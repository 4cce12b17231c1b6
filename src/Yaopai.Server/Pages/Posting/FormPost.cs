using Yaopai.Server.Gateway;

namespace Yaopai.Server.Pages.Posting;

/// <summary>The page that posts an answer to an app (OAuth 2.0 Form Post Response Mode): by a script, else by a button.</summary>
internal sealed class FormPost : IFormPostPage
{
    public Task WriteAsync(HttpContext http, string address, IReadOnlyList<(string Name, string Value)> fields) =>
        PageHeaders.NotKept(http, context =>
        {
            PageHeaders.LetFormBeSentOut(context.Response);
            return context.WritePageAsync<FormPostPage, FormPostForm>(new FormPostForm(address, fields));
        });
}
