using System.Net.Http.Json;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>Nodes that share the work, and one that dies over it.</summary>
public sealed class SeveralNodesTests(OnPostgres engine) : IClassFixture<OnPostgres>
{
    private static readonly long s_demo = DemoData.Apps[0].ClientId;
    private static readonly long s_sibling = DemoData.Apps[1].ClientId;

    [Fact]
    public async Task Two_nodes_deliver_each_event_once()
    {
        const int Rounds = 20;
        string[] users = ["mainland", "hongkong", "russia"];
        await using var receiver = await Receiver.StartAsync();
        await using var one = await TestServer.StartAsync(engine, ("Events:PollInterval", "00:00:00.05"));
        await using var two = await TestServer.StartAsync(engine, ("Events:PollInterval", "00:00:00.05"));
        foreach (var clientId in new[] { s_demo, s_sibling })
        {
            await one.Http.SubscribeAsync(clientId, receiver.Callback);
            await two.Http.SubscribeAsync(clientId, receiver.Callback);
        }

        await Task.WhenAll(
            from app in DemoData.Apps.Take(2)
            from user in users
            select RevokeAsync(app, user));

        var expected = 2 * users.Length * Rounds;
        await receiver.WaitAsync(expected);
        foreach (var clientId in new[] { s_demo, s_sibling })
            await Eventually.HoldsAsync(async () => (await one.Http.EventsAsync(clientId)).All(stored => stored.Is("delivered")));
        Assert.Equal(expected, receiver.All.Count);
        Assert.Equal(expected, receiver.All.Select(received => received.Jti).Distinct().Count());

        async Task RevokeAsync(DemoData.DemoApp app, string user)
        {
            for (var i = 0; i < Rounds; i++)
            {
                await new HuaweiCaller(i % 2 == 0 ? one : two, app).CodeAsync(user);
                await (i % 2 == 0 ? two : one).Http.WithdrawAsync(app.ClientId, user);
            }
        }
    }
}

/// <summary>The process is killed after the receiver took an event and before anybody wrote that down.</summary>
public sealed class SqliteEventCrashTests() : EventCrashContract(new OnSqlite());

public sealed class PostgresEventCrashTests() : EventCrashContract(new OnPostgres());

public abstract class EventCrashContract(Engine engine) : IAsyncLifetime
{
    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task What_was_being_delivered_is_delivered_again_under_the_same_name()
    {
        var clientId = DemoData.Apps[0].ClientId;
        var held = new TaskCompletionSource();
        await using var receiver = await Receiver.StartAsync((count, _) => count == 1 ? held.Task : Task.CompletedTask);
        await using var first = await ServerProcess.StartAsync(engine);
        await first.Http.SubscribeAsync(clientId, receiver.Callback);
        await first.CodeAsync();
        await first.Http.PostAsJsonAsync("/sandbox/withdraw", new { client_id = clientId, user = "mainland" });
        await receiver.WaitAsync(1);
        await first.KillAsync();
        held.SetResult();
        await engine.ExecuteAsync("UPDATE security_event SET lease_until = 0"); // instead of waiting for it to run out

        await using var second = await ServerProcess.StartAsync(engine);
        var stored = await second.Http.NewestAsync(clientId, newest => newest.Is("delivered"));

        Assert.Equal(2, receiver.All.Count);
        Assert.Equal([stored.GetProperty("jti").GetString()], receiver.All.Select(received => received.Jti).Distinct());
        Assert.Equal(2, stored.GetProperty("tries").GetInt32());
    }
}
