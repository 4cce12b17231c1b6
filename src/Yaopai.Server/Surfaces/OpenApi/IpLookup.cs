using System.Net;
using Yaopai.Server.Protocol;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi;

/// <summary>GET or POST /rest/2.0/iplib/query — where addresses are.</summary>
internal static class IpLookup
{
    private const int MostAddresses = 20;

    internal static readonly Rule<Exchange>[] Rules =
    [
        new(E.ApiKeyUnknown,      x => x.App is { IsEnabled: true }),
        new(E.ParameterMalformed, x => x.Addresses.Length is > 0 and <= MostAddresses && x.Addresses.All(text => IPAddress.TryParse(text, out _))),
    ];

    public static Operation<Exchange> Operation(Services services) => new("open", "IpLookup", OpenApiMishaps.MethodRows)
    {
        Methods = ["GET", "POST"],
        AdmitsByRules = true,
        Admission = services.Admission,
        Read = call => ValueTask.FromResult(new Exchange(call)),
        Client = x => x.AppId,
        RuleLists = [Rules],
        Answer = x => ValueTask.FromResult(x.Answer()),
        Mishaps = OpenApiMishaps.OfMethod,
    };

    internal sealed record Services(Admission Admission);

    internal sealed class Exchange(Call call) : ApiExchange(call)
    {
        public string[] Addresses => this["ip"].Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

        public Answer Answer() => OpenApiDialect.Ok(Addresses, static (json, addresses) =>
        {
            foreach (var address in addresses)
            {
                json.WriteStartObject(address);
                json.WriteString("province", "");
                json.WriteString("city", "");
                json.WriteEndObject();
            }
        });
    }
}
