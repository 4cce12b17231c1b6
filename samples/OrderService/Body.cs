using System.Text.Json;

namespace OrderService;

internal static class Body
{
    /// <summary>Null when the body is not what was asked for.</summary>
    public static async Task<T?> ReadAsync<T>(HttpRequest request) where T : class
    {
        try
        {
            return request.HasJsonContentType() ? await request.ReadFromJsonAsync<T>(request.HttpContext.RequestAborted) : null;
        }
        // the latter for a charset that nobody has
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

internal sealed record NewOrder(string? Product, int Quantity);

internal sealed record Payment(decimal Amount);
