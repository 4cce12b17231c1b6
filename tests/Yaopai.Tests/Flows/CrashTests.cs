using System.Collections.Concurrent;
using Yaopai.Errors;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;
using Yaopai.Tests.Storage;

namespace Yaopai.Tests.Flows;

/// <summary>The process is killed while codes are exchanged and tokens revoked: what was acknowledged holds after the restart.</summary>
public sealed class SqliteCrashTests() : CrashContract(new OnSqlite());

public sealed class PostgresCrashTests() : CrashContract(new OnPostgres());

public abstract class CrashContract(Engine engine) : IAsyncLifetime
{
    private const int Codes = 240;
    private const int AcknowledgedBeforeTheEnd = 100;

    public ValueTask InitializeAsync() => engine.InitializeAsync();

    public ValueTask DisposeAsync() => engine.DisposeAsync();

    [Fact]
    public async Task Every_acknowledged_exchange_stays_used_and_every_acknowledged_revocation_stays_revoked()
    {
        await using var first = await ServerProcess.StartAsync(engine);
        var codes = new ConcurrentQueue<string>(await Task.WhenAll(Enumerable.Range(0, Codes).Select(_ => first.CodeAsync())));
        var (used, revoked, alive) = (new ConcurrentBag<string>(), new ConcurrentBag<string>(), new ConcurrentBag<string>());

        var workers = Enumerable.Range(0, 8).Select(_ => Task.Run(WorkAsync)).ToArray();
        await Eventually.HoldsAsync(() => Task.FromResult(used.Count >= AcknowledgedBeforeTheEnd));
        await first.KillAsync();
        await Task.WhenAll(workers);
        Assert.False(codes.IsEmpty, "The stream had ended before the process was killed.");

        await using var second = await ServerProcess.StartAsync(engine);
        Assert.NotEmpty(revoked);
        foreach (var token in revoked)
            await (await GetTokenInfoAsync(second, token)).ShouldBeAsync(HuaweiAccountErrors.GetTokenInfo.TokenRevoked);
        foreach (var token in alive)
            await (await GetTokenInfoAsync(second, token)).ShouldSucceedAsync(HuaweiAccountErrors.GetTokenInfo.Ok);
        foreach (var code in used)
            await (await ExchangeAsync(second, code)).ShouldBeAsync(HuaweiAccountErrors.Token.CodeUsed);

        async Task WorkAsync()
        {
            try
            {
                for (var i = 0; codes.TryDequeue(out var code); i++)
                {
                    var answer = await ExchangeAsync(first, code);
                    var token = (await answer.JsonAsync()).GetProperty("access_token").GetString()!;
                    used.Add(code);
                    if (i % 2 == 1)
                    {
                        alive.Add(token);
                        continue;
                    }

                    var revocation = await first.Http.PostAsync("/huawei/oauth2/v3/revoke", HuaweiCaller.Form([("token", token)]));
                    if (revocation.IsSuccessStatusCode && await revocation.Content.ReadAsStringAsync() is "{}")
                        revoked.Add(token);
                }
            }
            catch (HttpRequestException)
            {
                // The process is gone: what was under way was not acknowledged.
            }
        }
    }

    private static Task<HttpResponseMessage> ExchangeAsync(ServerProcess server, string code) => server.Http.PostAsync(
        "/huawei/oauth2/v3/token",
        HuaweiCaller.Form(
        [
            ("grant_type", "authorization_code"), ("client_id", $"{DemoData.Apps[0].ClientId}"),
            ("client_secret", DemoData.Apps[0].ClientSecret), ("code", code),
        ]));

    private static Task<HttpResponseMessage> GetTokenInfoAsync(ServerProcess server, string token) =>
        server.Http.PostAsync("/huawei/rest.php?nsp_svc=huawei.oauth2.user.getTokenInfo", HuaweiCaller.Form([("access_token", token)]));
}
