using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace Yaopai.Server.Pages;

/// <summary>Answers a request with a page.</summary>
internal static class PageRendering
{
    public static async Task WritePageAsync<TPage, TModel>(this HttpContext context, TModel model, int status = StatusCodes.Status200OK)
        where TPage : Page<TModel>
    {
        var html = await RenderAsync<TPage, TModel>(context, model);
        Language.Remember(context);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.ContentLength = html.Length;
        await context.Response.Body.WriteAsync(html, context.RequestAborted);
    }

    private static async Task<byte[]> RenderAsync<TPage, TModel>(HttpContext context, TModel model) where TPage : Page<TModel>
    {
        var services = context.RequestServices;
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var page = await renderer.RenderComponentAsync<TPage>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(Page<>.Request)] = PageRequest.Of(context.Request),
                [nameof(Page<>.Model)] = model,
            }));
            using var html = new StringWriter();
            page.WriteHtmlTo(html);
            return Encoding.UTF8.GetBytes(html.ToString());
        });
    }
}
