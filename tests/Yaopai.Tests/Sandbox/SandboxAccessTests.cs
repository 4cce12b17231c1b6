using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Yaopai.Server.Hosting;
using Yaopai.Server.Sandbox;

namespace Yaopai.Tests.Sandbox;

/// <summary>Who needs no key. Over HTTP, SandboxTests.</summary>
public sealed class SandboxAccessTests
{
    private const string Named = "172.16.0.0/12";

    [Theory]
    [InlineData("127.0.0.1", "localhost:7700", true)]
    [InlineData("::1", "[::1]:7700", true)]
    [InlineData("127.0.0.1", "yaopai:7700", false)] // what a page of a stranger may have made to lead here
    [InlineData("172.18.0.1", "localhost:7700", true)] // a browser on the machine of the containers
    [InlineData("172.18.0.3", "yaopai:7700", true)] // another container
    [InlineData("172.18.0.3", "172.18.0.2:7700", true)]
    [InlineData("172.18.0.3", "[fd00::2]:7700", true)]
    [InlineData("::ffff:172.18.0.3", "yaopai:7700", true)]
    [InlineData("172.18.0.1", "evil.example:7700", false)]
    [InlineData("172.18.0.1", "evil.example.:7700", false)]
    [InlineData("192.168.1.7", "yaopai:7700", false)] // not named
    public void In_Development_callers_of_a_network_that_is_named_need_no_key(string peer, string host, bool isAllowed)
    {
        Assert.Equal(isAllowed, Allows(Environments.Development, peer, host));
        Assert.False(Allows(Environments.Production, peer, host));
    }

    [Theory]
    [InlineData("Origin", "http://evil.example", false)]
    [InlineData("Origin", "http://yaopai:7700", true)] // its own pages
    [InlineData("Sec-Fetch-Site", "cross-site", false)]
    [InlineData("X-Forwarded-For", "203.0.113.7", false)] // a proxy in that network speaks for somebody else
    [InlineData("Via", "1.1 proxy", false)]
    public void What_a_foreign_page_or_a_proxy_adds_counts_there_too(string header, string value, bool isAllowed) =>
        Assert.Equal(isAllowed, Allows(Environments.Development, "172.18.0.3", "yaopai:7700", (header, value)));

    private static bool Allows(string environment, string peer, string host, params (string Name, string Value)[] headers)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(peer);
        http.Request.Method = HttpMethods.Post;
        http.Request.Scheme = Uri.UriSchemeHttp;
        http.Request.Host = new HostString(host);
        foreach (var (name, value) in headers)
            http.Request.Headers[name] = value;

        return new SandboxAccess(
            Options.Create(new AdminOptions { Key = "a-key-nobody-shows" }), Options.Create(new SandboxOptions { Networks = [Named] }),
            new In(environment)).Allows(http.Request);
    }

    private sealed class In(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "";

        public string ContentRootPath { get; set; } = "";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
