using System.Net;
using Microsoft.Extensions.Options;
using Yaopai.Server.Surfaces.OpenApi;
using Yaopai.Server.Surfaces.OpenApi.Methods;

namespace Yaopai.Tests.Surfaces.OpenApi.Methods;

public sealed class IpLibraryTests : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("10.1.2.3", "华东", "内网")]
    [InlineData("10.1.3.3", "华北", "内网")]
    [InlineData("::ffff:10.1.2.3", "华东", "内网")]
    [InlineData("203.0.113.1", "广西", "")]
    [InlineData("203.0.113.77", "海外", "甲")]
    [InlineData("2001:db8:1::1", "浙江", "杭州")]
    [InlineData("8.8.8.8", null, null)]
    public void The_narrowest_network_of_file_and_examples_counts(string address, string? province, string? city)
    {
        File.WriteAllText(_file,
            "# where we are\n\n10.0.0.0/8, 华北, 内网\n10.1.2.0/23,华东,内网\n10.1.3.0/24,华北,内网\n203.0.113.0/24,广西,\n203.0.113.77/32,海外,甲\n");

        var place = new IpLibrary(Options.Create(new OpenApiOptions { IpLibrary = _file })).Find(IPAddress.Parse(address));

        Assert.Equal((province, city), (place?.Province, place?.City));
    }

    [Fact]
    public void A_line_that_is_none_is_found_before_it_matters()
    {
        File.WriteAllText(_file, "10.0.0.0/8,a,b\n10.0.0.0/8,a\n");

        Assert.Equal((2, "10.0.0.0/8,a"), IpLibrary.FirstWrong(_file));
    }
}
