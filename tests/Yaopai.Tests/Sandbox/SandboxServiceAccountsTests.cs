using System.Net.Http.Json;
using System.Security.Cryptography;
using Yaopai.Server.Accounts.RealNames;
using Yaopai.Server.Apps;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Sandbox;

public sealed class SandboxServiceAccountsTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    [Fact]
    public async Task A_pair_is_made_and_its_private_key_is_in_the_answer_alone()
    {
        var json = await (await AddAsync(new { client_id = 100000001 })).JsonAsync();

        Assert.Equal(["project_id", "key_id", "private_key", "sub_account"], json.EnumerateObject().Select(property => property.Name));
        var app = await fixture.Server.Get<AppDirectory>().FindAsync(100000001, default);
        var account = app!.ServiceAccounts.Single(one => one.KeyId == json.GetProperty("key_id").GetString());
        using var rsa = RSA.Create();
        rsa.ImportFromPem(json.GetProperty("private_key").GetString());
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), account.PublicKey);
        Assert.All(fixture.Server.Log.Lines, line => Assert.DoesNotContain("PRIVATE KEY", line, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(5, null, 404, "client_id:")]
    [InlineData(100000001, "", 400, "public_key:")]
    [InlineData(100000001, "key", 400, "public_key:")]
    public async Task What_cannot_be_used_is_told(long clientId, string? publicKey, int status, string reason)
    {
        var response = await AddAsync(new { client_id = clientId, public_key = publicKey });

        Assert.Equal(status, (int)response.StatusCode);
        Assert.StartsWith(reason, (await response.JsonAsync()).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task An_app_has_sixteen_at_most()
    {
        using var rsa = RSA.Create(2048);
        var request = new { client_id = 200000001, public_key = rsa.ExportSubjectPublicKeyInfoPem() };
        for (var i = 0; i < ServiceAccount.MostOfAnApp; i++)
            Assert.Equal(201, (int)(await AddAsync(request)).StatusCode);

        Assert.Equal(400, (int)(await AddAsync(request)).StatusCode);
    }

    [Fact]
    public void The_numbers_of_the_demo_data_are_sound_and_one_ends_with_X()
    {
        Assert.All(DemoData.RealNames, real =>
        {
            Assert.True(ResidentIdentityNumber.TryParse(real.Number, DateTimeOffset.UtcNow, out _, out _), real.Number);
            Assert.True(RealName.IsName(real.Name) && RealName.Fits(real.Level, real.State));
        });
        Assert.Contains(DemoData.RealNames, real => real.Number.EndsWith('X'));
    }

    private Task<HttpResponseMessage> AddAsync(object request) => fixture.Server.Http.PostAsJsonAsync("/sandbox/service-accounts", request);
}
