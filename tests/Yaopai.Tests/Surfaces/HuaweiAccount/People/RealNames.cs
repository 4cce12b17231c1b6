using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Yaopai.Server.Sandbox;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Surfaces.HuaweiAccount.People;

/// <summary>Good calls for real names, and what tests change in them.</summary>
internal static class RealNames
{
    public static DemoData.DemoRealName Of(string user) => DemoData.RealNames.Single(real => real.User == user);

    public static long IdOf(string user) => DemoData.Users.Single(one => one.Name == user).Id;

    public static async Task<Recipient> NewServiceAccountAsync(TestServer server, HuaweiCaller caller)
    {
        var json = await (await server.Http.PostAsJsonAsync(
            "/sandbox/service-accounts", new { client_id = caller.App.ClientId, public_key = s_pair.Value.PublicKey })).JsonAsync();
        return new(json.GetProperty("sub_account").GetString()!, json.GetProperty("key_id").GetString()!, s_pair.Value.PrivateKey);
    }

    public static Task<HttpResponseMessage> GetAsync(
        HuaweiCaller caller, string token, Recipient to, params (string Name, string? Value)[] changes) =>
        caller.ServiceAsync("OpenRealName.User.getDetailInfo", Changed(
            [
                ("access_token", token), ("queryRangeFlag", "0001"), ("serviceAccountClientID", to.ClientId),
                ("serviceAccountKeyID", to.KeyId),
            ], changes));

    public static Task<HttpResponseMessage> VerifyAsync(HuaweiCaller caller, string token, params (string Name, string? Value)[] changes) =>
        caller.ServiceAsync("OpenRealName.User.verifyRealName", Changed(
            [
                ("access_token", token), ("sceneID", "0"), ("idType", "1"), ("idValue", $"{IdOf("mainland")}"), ("ctfType", "1"),
                ("realName", Hash(Of("mainland").Name)), ("ctfCode", Hash(Of("mainland").Number)), ("supportAlg", "PS256"),
            ], changes));

    public static string Hash(string text) => Convert.ToHexStringLower(SHA512.HashData(Encoding.UTF8.GetBytes(text)));

    /// <summary>A service account, and the private key that belongs to it.</summary>
    internal sealed record Recipient(string ClientId, string KeyId, RSAParameters PrivateKey);

    private static (string, string?)[] Changed((string Name, string? Value)[] good, (string Name, string? Value)[] changes) =>
        [.. good.Select(
            field => changes.Any(change => change.Name == field.Name) ? changes.Last(change => change.Name == field.Name) : field)];

    private static readonly Lazy<(string PublicKey, RSAParameters PrivateKey)> s_pair = new(() =>
    {
        using var rsa = RSA.Create(2048);
        return (rsa.ExportSubjectPublicKeyInfoPem(), rsa.ExportParameters(includePrivateParameters: true));
    });
}
