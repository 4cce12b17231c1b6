using System.Net;
using Yaopai.Server.Gateway;

namespace Yaopai.Tests.Gateway;

public sealed class ForwardedTests
{
    [Theory]
    [InlineData("for=192.0.2.43", "192.0.2.43||")]
    [InlineData("For=\"[2001:db8:cafe::17]:4711\"", "[2001:db8:cafe::17]:4711||")]
    [InlineData("for=192.0.2.60;proto=http;by=203.0.113.43", "192.0.2.60|http|")]
    [InlineData("for=192.0.2.43, for=198.51.100.17", "192.0.2.43||", "198.51.100.17||")]
    [InlineData(" for=a ;\thost=b ,proto=c ", "a||b", "|c|")]
    [InlineData("for=a;;host=b;,,", "a||b")]
    [InlineData("host=\"a\\\"b,c;d\"", "||a\"b,c;d")]
    [InlineData("host=id.example:8443", "||id.example:8443")]
    [InlineData("for=_hidden;secret=x", "_hidden||")]
    [InlineData("")]
    public void FC_25_what_each_proxy_says_is_read(string header, params string[] hops) =>
        Assert.Equal(hops, Forwarded.Read(header)!.Select(hop => $"{hop.For}|{hop.Proto}|{hop.Host}"));

    [Theory]
    [InlineData("for")]
    [InlineData("for=")]
    [InlineData("for=\"a")]
    [InlineData("for=\"a\"b")]
    [InlineData("for=\"a\\\"")]
    [InlineData("for=a b")]
    [InlineData("for=a;for=b")]
    [InlineData("for=a;FOR=b")]
    [InlineData("for =a")]
    [InlineData("=a")]
    [InlineData("for=a=b")]
    [InlineData("for=a\"b\"")]
    public void FC_25_what_cannot_be_read_is_not_guessed(string header) => Assert.Null(Forwarded.Read(header));

    [Fact]
    public void FC_25_more_proxies_than_anybody_has_are_none()
    {
        Assert.Equal(32, Forwarded.Read(string.Join(',', Enumerable.Repeat("for=a", 32)))!.Count);
        Assert.Null(Forwarded.Read(string.Join(',', Enumerable.Repeat("for=a", 33))));
    }

    [Theory]
    [InlineData("192.0.2.43", "192.0.2.43")]
    [InlineData("192.0.2.43:80", "192.0.2.43")]
    [InlineData("[2001:db8::1]", "2001:db8::1")]
    [InlineData("[2001:db8::1]:80", "2001:db8::1")]
    [InlineData("2001:db8::1", null)]
    [InlineData("unknown", null)]
    [InlineData("_hidden", null)]
    [InlineData("[192.0.2.43", null)]
    public void FC_25_an_address_is_read_with_or_without_its_port(string node, string? expected) =>
        Assert.Equal(expected is null ? null : IPAddress.Parse(expected), new Forwarded(node, "", "").Peer);

    [Theory]
    [InlineData("id.example", true)]
    [InlineData("my_service:8080", true)]
    [InlineData("[::1]:8080", true)]
    [InlineData("id.example/path", false)]
    [InlineData("a@b", false)]
    [InlineData("id.example:port", false)]
    [InlineData("", false)]
    public void FC_25_a_host_is_a_name_and_a_port_and_nothing_else(string host, bool isOne) =>
        Assert.Equal(isOne, new Forwarded("", "", host).NamedHost is not null);
}
