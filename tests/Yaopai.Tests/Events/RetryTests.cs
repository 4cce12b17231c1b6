using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Yaopai.Server.Apps;
using Yaopai.Server.Consents;
using Yaopai.Server.Events;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Events;

/// <summary>Receivers that fail: what is tried again, what is given up, and what is said of it.</summary>
public sealed class RetryTests(RetryTests.Hasty fixture) : IClassFixture<RetryTests.Hasty>
{
    public sealed class Hasty : ServerFixture
    {
        protected override (string Key, string Value)[] Settings =>
            [("Events:FirstRetry", "00:00:00.02"), ("Events:PollInterval", "00:00:00.05"), ("Logging:LogLevel:Default", "Trace")];
    }

    private readonly HttpClient _http = fixture.Server.Http;

    /// <summary>Each test has an app of its own, so that none meets what another left waiting.</summary>
    private readonly App _app = Samples.NewApp(developerId: 1001);

    private long ClientId => _app.Id;

    [Fact]
    public async Task A_receiver_that_fails_three_times_and_then_accepts_reads_one_event_four_times()
    {
        await using var receiver = await Receiver.StartAsync(Answers(500, 503, 404, 200));

        await ProvokeAsync(receiver.Callback);

        var stored = await _http.NewestAsync(ClientId, newest => newest.Is("delivered"));
        var received = await receiver.WaitAsync(4);
        Assert.Equal(4, received.Count);
        Assert.Equal([stored.GetProperty("jti").GetString()], received.Select(one => one.Jti).Distinct());
        Assert.Single(received.Select(one => one.Body).Distinct()); // told the same each time
        Assert.Equal((4, "HTTP 200"), (stored.GetProperty("tries").GetInt32(), stored.GetProperty("last_answer").GetString()));
        Assert.NotEqual(JsonValueKind.Null, stored.GetProperty("ended_at").ValueKind);
    }

    [Fact]
    public async Task After_a_day_of_failing_an_event_is_given_up_and_kept_and_can_be_tried_again_by_hand()
    {
        var mended = false;
        await using var receiver = await Receiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = Volatile.Read(ref mended) ? 202 : 500;
            return Task.CompletedTask;
        });
        await ProvokeAsync(receiver.Callback);
        await _http.NewestAsync(ClientId, newest => newest.GetProperty("tries").GetInt32() >= 2 && newest.Is("waiting"));

        await _http.PostAsJsonAsync("/sandbox/clock", new { advance = "P1D" });
        var dead = await _http.NewestAsync(ClientId, newest => newest.Is("dead"));
        await _http.DeleteAsync("/sandbox/clock");
        Assert.Equal("HTTP 500", dead.GetProperty("last_answer").GetString());

        Volatile.Write(ref mended, true);
        var jti = dead.GetProperty("jti").GetString()!;
        Assert.Equal(1, await fixture.Server.Get<IEventStore>().RetryAsync(ClientId, Guid.ParseExact(jti, "n"), default));
        var delivered = await _http.NewestAsync(ClientId, newest => newest.Is("delivered"));
        Assert.Equal((jti, "HTTP 202"), (delivered.GetProperty("jti").GetString(), delivered.GetProperty("last_answer").GetString()));
        Assert.Equal([jti], receiver.All.Select(one => one.Jti).Distinct());
    }

    [Fact]
    public async Task A_redirect_is_a_failure_and_is_not_followed()
    {
        await using var elsewhere = await Receiver.StartAsync();
        await using var receiver = await Receiver.StartAsync((_, http) =>
        {
            http.Response.StatusCode = 307;
            http.Response.Headers.Location = elsewhere.Callback;
            return Task.CompletedTask;
        });

        Assert.Equal("HTTP 307", await FirstFailureAsync(receiver.Callback));
        Assert.Empty(elsewhere.All);
    }

    [Fact]
    public async Task An_endless_answer_is_not_read()
    {
        await using var receiver = await Receiver.StartAsync(async (_, http) =>
        {
            http.Response.StatusCode = 200;
            var kilobyte = new byte[1024];
            try
            {
                while (!http.RequestAborted.IsCancellationRequested)
                    await http.Response.Body.WriteAsync(kilobyte, http.RequestAborted);
            }
            catch (Exception exception) when (exception is OperationCanceledException or IOException)
            {
            }
        });

        await ProvokeAsync(receiver.Callback);

        var stored = await _http.NewestAsync(ClientId, newest => newest.Is("delivered"));
        Assert.Equal(1, stored.GetProperty("tries").GetInt32());
    }

    [Fact]
    public async Task Where_nobody_listens_that_is_said() =>
        Assert.Equal("no connection to the callback", await FirstFailureAsync("http://127.0.0.1:1/"));

    [Fact]
    public async Task A_callback_that_is_taken_away_is_not_called()
    {
        await using var receiver = await Receiver.StartAsync(Answers(500));
        await ProvokeAsync(receiver.Callback);
        await receiver.WaitAsync(1);

        await _http.SubscribeAsync(ClientId, null);
        await _http.NewestAsync(ClientId, newest => newest.GetProperty("last_answer").GetString() is "the app has no callback");
    }

    [Fact]
    public async Task An_app_that_is_disabled_is_not_called_until_it_is_enabled()
    {
        await using var receiver = await Receiver.StartAsync();
        var apps = fixture.Server.Get<IAppStore>();
        await apps.TryAddAsync(_app with { DisabledAt = Samples.Noon }, default);

        await ProvokeAsync(receiver.Callback);
        await _http.NewestAsync(ClientId, newest => newest.GetProperty("last_answer").GetString() is "the app is disabled");
        Assert.Empty(receiver.All);

        await apps.TryChangeAsync((await apps.FindAsync(ClientId, default))! with { DisabledAt = null }, default);
        await _http.NewestAsync(ClientId, newest => newest.Is("delivered"));
        Assert.Single(receiver.All);
    }

    [Fact]
    public async Task What_is_logged_names_neither_person_nor_token()
    {
        await using var receiver = await Receiver.StartAsync(Answers(500, 200));
        await ProvokeAsync(receiver.Callback);
        await receiver.WaitAsync(2);
        await Eventually.HoldsAsync(() => Task.FromResult(
            fixture.Server.Log.Lines.Any(line => line.Contains($"Event {receiver.All[0].Jti} was delivered", StringComparison.Ordinal))));

        var received = receiver.All[0];
        var subject = received.Event.Value.GetProperty("subject");
        foreach (var secret in new[]
        {
            received.Bearer, subject.GetProperty("extra").GetString()!, subject.GetProperty("sub").GetString()!
        })
            Assert.DoesNotContain(fixture.Server.Log.Lines, line => line.Contains(secret, StringComparison.Ordinal));
    }

    private static Func<int, HttpContext, Task> Answers(params int[] statuses) => (count, http) =>
    {
        http.Response.StatusCode = statuses[Math.Min(count, statuses.Length) - 1];
        return Task.CompletedTask;
    };

    private async Task<string> FirstFailureAsync(string callback)
    {
        await ProvokeAsync(callback);
        var stored = await _http.NewestAsync(ClientId, newest => newest.GetProperty("last_answer").ValueKind is JsonValueKind.String);
        await _http.SubscribeAsync(ClientId, null);
        return stored.GetProperty("last_answer").GetString()!;
    }

    private async Task ProvokeAsync(string callback)
    {
        await fixture.Server.Get<IAppStore>().TryAddAsync(_app, default);
        await _http.SubscribeAsync(ClientId, callback);
        await fixture.Server.Get<IConsentStore>().PutAsync(new Consent(900001, ClientId, ["openid"], null, Samples.Noon), default);
        await _http.WithdrawAsync(ClientId, "mainland");
    }
}

/// <summary>A class of its own for its time-out, which a busy machine could meet elsewhere.</summary>
public sealed class SilentReceiverTests(SilentReceiverTests.Impatient fixture) : IClassFixture<SilentReceiverTests.Impatient>
{
    public sealed class Impatient : ServerFixture
    {
        protected override (string Key, string Value)[] Settings => [("Events:Timeout", "00:00:00.3")];
    }

    [Fact]
    public async Task A_receiver_that_never_answers_is_not_waited_for()
    {
        var demo = new HuaweiCaller(fixture.Server);
        await using var receiver = await Receiver.StartAsync(
            (_, http) => Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }));
        await fixture.Server.Http.SubscribeAsync(demo.App.ClientId, receiver.Callback);
        await demo.CodeAsync();

        await demo.WithdrawAsync("mainland");

        await fixture.Server.Http.NewestAsync(
            demo.App.ClientId, newest => newest.GetProperty("last_answer").GetString() is "no answer within 0.3 s" && newest.Is("waiting"));
    }
}
