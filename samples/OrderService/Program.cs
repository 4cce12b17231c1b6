using OrderService;
using Yaopai.Errors;
using E = OrderService.OrderErrors;

var app = WebApplication.CreateSlimBuilder(args).Build();
var shop = new Shop(Path.Combine(AppContext.BaseDirectory, app.Configuration["Stock"] ?? "stock.json"));

app.MapPost("/orders", async (HttpContext context) =>
{
    if (await Body.ReadAsync<NewOrder>(context.Request) is not { Product: { } product } wanted)
        return E.Orders.BodyMalformed.On(context, "The fields are product, a text, and quantity, a number.");
    if (wanted.Quantity is < 1 or > 100)
        return E.Orders.QuantityOutOfRange.On(context, $"{wanted.Quantity} were ordered.");

    var (order, refusal, detail) = await shop.OrderAsync(product, wanted.Quantity, context.RequestAborted);
    return order is null ? refusal!.On(context, detail) : TypedResults.Created($"/orders/{order.Id}", order);
});

app.MapGet("/orders/{id}", (string id, HttpContext context) =>
    shop.Find(id) is { } order ? TypedResults.Ok(order) : E.Orders.OrderUnknown.On(context, $"The order is {id}."));

app.MapPost("/orders/{id}/payment", async (string id, HttpContext context) =>
{
    if (shop.Find(id) is not { } order)
        return E.Orders.OrderUnknown.On(context, $"The order is {id}.");
    if (await Body.ReadAsync<Payment>(context.Request) is not { } payment)
        return E.Orders.BodyMalformed.On(context, "The field is amount, a number.");
    if (payment.Amount != order.Amount)
        return E.Payments.AmountWrong.On(context, $"The order costs {order.Amount}.");

    return shop.TryPay(order) ? TypedResults.NoContent() : E.Payments.OrderPaid.On(context, $"The order is {id}.");
});

// The type of every problem is a link, and this is where it leads.
app.MapGet("/errors/{code}", (string code) => ErrorCatalogue.FindIn(E.All, code) is [var error]
    ? Results.Text(ErrorExplanation.Of(error), "text/plain; charset=utf-8")
    : Results.NotFound());

app.Run();
