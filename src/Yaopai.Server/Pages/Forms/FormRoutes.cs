using Yaopai.Server.Keys;
using Yaopai.Server.Stores;

namespace Yaopai.Server.Pages.Forms;

/// <summary>Pages with forms: kept by nobody, and still a page when storage is away.</summary>
internal static class FormRoutes
{
    public static void MapForm<T>(
        this IEndpointRouteBuilder endpoints, string pattern, Func<T, HttpContext, Task> show, Func<T, HttpContext, Task> take)
        where T : notnull
    {
        endpoints.MapForm(pattern, show);
        endpoints.MapFormTarget(pattern, take);
    }

    /// <summary>A page that shows what is of this moment, and takes nothing.</summary>
    public static void MapForm<T>(this IEndpointRouteBuilder endpoints, string pattern, Func<T, HttpContext, Task> show)
        where T : notnull =>
        endpoints.MapPage(pattern, http => AnswerAsync(http, show));

    public static void MapFormTarget<T>(this IEndpointRouteBuilder endpoints, string pattern, Func<T, HttpContext, Task> take)
        where T : notnull =>
        endpoints.MapMethods(pattern, [HttpMethods.Post], http => AnswerAsync(http, take));

    private static Task AnswerAsync<T>(HttpContext http, Func<T, HttpContext, Task> answer) where T : notnull =>
        PageHeaders.NotKept(http, async context =>
        {
            try
            {
                await answer(context.RequestServices.GetRequiredService<T>(), context);
            }
            catch (Exception exception) when (exception is StorageException or KeyLostException && !context.Response.HasStarted)
            {
                context.RequestServices.GetRequiredService<ILogger<T>>().PageFailed(exception.Message, context.TraceIdentifier);
                await context.WritePageAsync<MessagePage, Message>(Message.Outage, StatusCodes.Status503ServiceUnavailable);
            }
        });
}
