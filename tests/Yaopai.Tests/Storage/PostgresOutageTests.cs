using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Polly.CircuitBreaker;
using Yaopai.Server.Credentials;
using Yaopai.Server.Storage;
using Yaopai.Server.Storage.Engine;
using Yaopai.Server.Storage.Postgres;
using Yaopai.Server.Storage.Sql.Consents;
using Yaopai.Server.Storage.Sql.Credentials;
using Yaopai.Server.Stores;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Storage;

/// <summary>Tests that compare times with a time-out: while others keep the processors busy, they would measure those.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;

/// <summary>What happens when the server itself goes away: on one of our own, for nobody else must notice.</summary>
[Collection(nameof(Alone))]
public sealed class PostgresOutageTests(PostgresOutageTests.OwnServer own) : IClassFixture<PostgresOutageTests.OwnServer>
{
    private readonly PostgresServer _server = own.Server;

    [Fact]
    public async Task While_it_is_down_callers_are_told_at_once_and_afterwards_all_that_was_acknowledged_is_there()
    {
        await using var database = await OpenAsync(await _server.CreateDatabaseAsync());
        var codes = new SqlUsedCodeStore(database);
        var consents = new SqlConsentStore(database, Samples.Identifiers);
        var used = Enumerable.Range(0, 200).Select(_ => Guid.NewGuid()).ToArray();
        await Task.WhenAll(used.Select(code => codes.TryUseAsync(1, code, Samples.Noon, default)));

        _server.Stop();
        try
        {
            Assert.Equal(
                StorageFailure.Unreachable, (await FailsAsync(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default))).Failure);
            await Eventually.HoldsAsync(async () => IsOpenCircuit(await FailsAsync(() => consents.FindAsync(1, 1, default))));
        }
        finally
        {
            _server.Start();
        }

        await Eventually.SucceedsAsync<StorageException>(() => consents.FindAsync(1, 1, default));
        var again = await Task.WhenAll(used.Select(code => codes.TryUseAsync(1, code, Samples.Noon, default)));
        Assert.All(again, Assert.False);
    }

    [Fact]
    public async Task While_it_stands_still_callers_run_into_the_time_out_and_then_into_the_open_circuit()
    {
        await using var database = await OpenAsync(await _server.CreateDatabaseAsync());
        var codes = new SqlUsedCodeStore(database);
        var consents = new SqlConsentStore(database, Samples.Identifiers);
        Assert.Null(await consents.FindAsync(1, 1, default));

        _server.Freeze();
        try
        {
            var read = FailsAsync(() => consents.FindAsync(1, 1, default));
            var write = FailsAsync(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
            Assert.Equal(StorageFailure.Timeout, (await read.WaitAsync(TimeSpan.FromSeconds(30))).Failure);
            Assert.Equal(StorageFailure.Timeout, (await write.WaitAsync(TimeSpan.FromSeconds(30))).Failure);
            await Eventually.HoldsAsync(async () => IsOpenCircuit(await FailsAsync(() => consents.FindAsync(1, 1, default))));
        }
        finally
        {
            _server.Thaw();
        }

        await Eventually.SucceedsAsync<StorageException>(() => codes.TryUseAsync(1, Guid.NewGuid(), Samples.Noon, default));
        await Eventually.SucceedsAsync<StorageException>(() => consents.FindAsync(1, 1, default));
    }

    /// <summary>Every connection hangs, of a server with the threads of two processors.
    /// Reads and writes hang in different places.</summary>
    [Theory]
    [InlineData("getHashValue")]
    [InlineData("setHashValue")]
    public async Task F1_while_it_stands_still_what_needs_no_database_is_answered_as_ever(string method)
    {
        const int Callers = 32; // as many as connections
        var timeout = TimeSpan.FromSeconds(3);
        await using var place = await HangingPlace.OpenAsync(_server, timeout);
        await using (await place.Engine.BlockDataOfAsync(HangingPlace.AppId))
        {
            var opening = Enumerable.Range(0, Callers).Select(n => place.CallAsync("setHashValue", n)).ToArray();
            await Task.WhenAny(Task.WhenAll(opening), Task.Delay(timeout / 2)); // so that each has a connection
        }

        await Eventually.HoldsAsync(async () => (await place.CallAsync(method, 0)).Contains("result", StringComparison.Ordinal));

        string[] answers;
        var slowest = TimeSpan.Zero;
        _server.Freeze();
        try
        {
            using var measured = new CancellationTokenSource(3 * timeout); // in time, the driver's attempts to stop, and some more
            var measuring = Task.Factory.StartNew(
                () => slowest = place.Slowest(measured.Token), default, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            answers = await Task.WhenAll(Enumerable.Range(0, Callers).Select(n => place.CallAsync(method, n)));
            await measuring;
        }
        finally
        {
            _server.Thaw();
        }

        Assert.All(answers, answer => Assert.Contains("\"error_code\":805", answer));
        Assert.True(slowest < timeout / 3, $"{slowest} with a time-out of {timeout}");
    }

    [Fact]
    public async Task F9_a_node_that_has_not_heard_of_others_for_too_long_trusts_no_token_until_it_hears_again()
    {
        await using var engine = new OnPostgres(_server);
        await engine.InitializeAsync();
        await using var trusting = await TestServer.StartAsync(engine);
        await using var wary = await TestServer.StartAsync(engine, ("Grants:MaxFeedAge", "00:00:05"), ("Storage:Timeout", "00:00:02"));
        var token = (await new HuaweiCaller(wary).SignInAsync()).Access;
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(trusting)); // and now it knows the app

        _server.Stop();
        try
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(wary));
            await Eventually.HoldsAsync(async () => await StatusAsync(wary) is HttpStatusCode.BadGateway);
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(trusting));
        }
        finally
        {
            _server.Start();
        }

        await Eventually.HoldsAsync(async () => await StatusAsync(wary) is HttpStatusCode.OK);

        async Task<HttpStatusCode> StatusAsync(TestServer server) => (await new HuaweiCaller(server).GetTokenInfoAsync(token)).StatusCode;
    }

    [Fact]
    public async Task A_node_that_starts_before_its_database_waits_for_it()
    {
        var location = $"postgres:{await _server.CreateDatabaseAsync()}";
        _server.Stop();
        try
        {
            await using var node = await new Node(location).StartAsync();
            await Assert.ThrowsAsync<StorageException>(() => node.Get<Database>().MigrateAsync(default));
            Assert.False(node.Get<StorageStartup>().Ready.IsCompleted);

            _server.Start();

            await node.Feed.Ready.WaitAsync(TimeSpan.FromMinutes(1));
        }
        finally
        {
            if (!_server.IsRunning)
                _server.Start();
        }
    }

    [Fact]
    public async Task The_feed_is_read_again_after_an_outage_and_misses_nothing()
    {
        var location = $"postgres:{await _server.CreateDatabaseAsync()}";
        await using var reader = await new Node(location).StartAsync();
        await reader.Feed.Ready.WaitAsync(TimeSpan.FromMinutes(1));

        _server.Stop();
        _server.Start();

        await using var writer = new Node(location);
        var revocation = new Revocation(5, 0, Guid.Empty, Samples.Noon, Samples.Noon);
        await writer.Get<IRevocationStore>().AddAsync(revocation, default);
        await Eventually.HoldsAsync(() => Task.FromResult(reader.Revoked.Contains(revocation)));
    }

    private static async Task<Database> OpenAsync(string location)
    {
        var options = new StorageOptions { Database = $"postgres:{location}", Timeout = TimeSpan.FromSeconds(1), BreakAfter = 2 };
        var database = new PostgresDatabase(options, TimeProvider.System);
        await database.MigrateAsync(default);
        return database;
    }

    private static Task<StorageException> FailsAsync(Func<Task> use) => Assert.ThrowsAsync<StorageException>(use);

    private static bool IsOpenCircuit(StorageException exception) =>
        exception is { Failure: StorageFailure.Unreachable, InnerException: BrokenCircuitException };

    /// <summary>A node as a process, because the threads of this one are everybody's, and a type that its app stores in.</summary>
    private sealed class HangingPlace : IAsyncDisposable
    {
        public const long AppId = 100000001;

        private ServerProcess _node = null!;
        private string _token = "";

        public required OnPostgres Engine { get; init; }

        public static async Task<HangingPlace> OpenAsync(PostgresServer server, TimeSpan timeout)
        {
            var place = new HangingPlace { Engine = new OnPostgres(server) };
            await place.Engine.InitializeAsync();
            place._node = await ServerProcess.StartAsync(
                place.Engine, ("YAOPAI_Storage__Timeout", $"{timeout}"), ("YAOPAI_Storage__BreakAfter", "1000"),
                ("YAOPAI_Quotas__AppPerMinute", "0"), // a fast machine asks more often than an app may
                ("DOTNET_PROCESSOR_COUNT", "2"));
            var tokens = await place._node.Http.PostAsJsonAsync("/sandbox/tokens", new { surface = "open", client_id = AppId });
            place._token = (await tokens.JsonAsync()).GetProperty("access_token").GetString()!;
            await place.PostAsync("/open/rest/2.0/data/createObjectType", ("access_token", place._token), ("name", "note"));
            await place.CallAsync("setHashValue", 0);
            // changes of the last seconds would have the node forget its apps again
            await place.Engine.ExecuteAsync("DELETE FROM change_feed");
            return place;
        }

        public Task<string> CallAsync(string method, int n) => PostAsync(
            $"/open/rest/2.0/data/{method}", ("access_token", _token), ("obj_type", "note"), ("key", $"{n}"), ("value", "v"));

        /// <summary>How long the slowest of many answers took that need no database, one after the other. Holds its thread.</summary>
        public TimeSpan Slowest(CancellationToken until)
        {
            var slowest = TimeSpan.Zero;
            while (!until.IsCancellationRequested)
            {
                foreach (var address in new[] { "/healthz", "/readyz", $"/open/oauth/2.0/tokeninfo?access_token={_token}" })
                {
                    using var request = new HttpRequestMessage(HttpMethod.Get, address);
                    var begun = Stopwatch.GetTimestamp();
                    using var response = _node.Http.Send(request, CancellationToken.None);
                    var took = Stopwatch.GetElapsedTime(begun);
                    Assert.True(response.IsSuccessStatusCode || address is "/readyz", $"{address} {response.StatusCode}");
                    slowest = took > slowest ? took : slowest;
                }
            }

            return slowest;
        }

        public async ValueTask DisposeAsync()
        {
            await _node.DisposeAsync();
            await Engine.DisposeAsync();
        }

        private async Task<string> PostAsync(string path, params (string, string?)[] form) =>
            await (await _node.Http.PostAsync(path, HuaweiCaller.Form(form))).Content.ReadAsStringAsync();
    }

    public sealed class OwnServer : IAsyncLifetime
    {
        public PostgresServer Server { get; private set; } = null!;

        public async ValueTask InitializeAsync() => Server = await PostgresServer.StartNewAsync();

        public ValueTask DisposeAsync()
        {
            Server.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
