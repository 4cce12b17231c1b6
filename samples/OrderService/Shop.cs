using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using Yaopai.Errors;
using E = OrderService.OrderErrors.Orders;

namespace OrderService;

internal sealed record Order(string Id, string Product, int Quantity, decimal Amount);

internal sealed record Article(decimal Price, int Quantity);

/// <summary>Orders in memory, over a stock that somebody else keeps in a file.</summary>
internal sealed class Shop(string stockFile)
{
    private readonly ConcurrentDictionary<string, Order> _orders = new();
    private readonly ConcurrentDictionary<string, bool> _paid = new();
    private readonly Lock _ordering = new();

    public Order? Find(string id) => _orders.GetValueOrDefault(id);

    /// <summary>The order, or why there is none.</summary>
    public async Task<(Order? Order, ErrorDefinition? Refusal, string Detail)> OrderAsync(
        string product, int quantity, CancellationToken ct)
    {
        if (await ReadStockAsync(ct) is not { } stock)
            return (null, E.StockUnreadable, "The stock is kept elsewhere.");
        if (!stock.TryGetValue(product, out var article))
            return (null, E.ProductUnknown, $"The product is {product}.");

        lock (_ordering)
        {
            var left = article.Quantity - _orders.Values.Where(order => order.Product == product).Sum(order => order.Quantity);
            if (quantity > left)
                return (null, E.StockShort, $"{left} are left.");

            var order = new Order((_orders.Count + 1).ToString(CultureInfo.InvariantCulture), product, quantity, article.Price * quantity);
            _orders[order.Id] = order;
            return (order, null, "");
        }
    }

    /// <summary>False when it is paid already.</summary>
    public bool TryPay(Order order) => _paid.TryAdd(order.Id, true);

    private async Task<Dictionary<string, Article>?> ReadStockAsync(CancellationToken ct)
    {
        try
        {
            await using var file = File.OpenRead(stockFile);
            return await JsonSerializer.DeserializeAsync<Dictionary<string, Article>>(file, JsonSerializerOptions.Web, ct);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }
}
