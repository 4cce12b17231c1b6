using System.Buffers;
using System.Net;
using Yaopai.Server.Gateway;
using Yaopai.Server.Gateway.Documents;
using Yaopai.Server.Surfaces.OpenApi.Calls;
using E = Yaopai.Errors.OpenApiErrors.Api;

namespace Yaopai.Server.Surfaces.OpenApi.Methods;

/// <summary>iplib/query — where addresses are.</summary>
internal sealed record IpLookup(ApiAdmission Admission, IpLibrary Library) : IOperationDefinition
{
    private const int MostAddresses = 20;
    private static readonly SearchValues<char> s_ofIPv6 = SearchValues.Create("0123456789abcdefABCDEF:.");

    internal static readonly Rule<Request>[] Rules =
    [
        new(E.ParameterMalformed, x => x.Asked?.All(IsAddress) is true),
    ];

    public IOperation Define() => Admission.Operation(
        new ApiMethod("IpLookup", Audience.Anyone) { Parameters = ["ip"] }, Rules,
        (call, caller) => new Request(call, caller),
        x => ValueTask.FromResult(x.Answer(Library)));

    /// <summary>To the framework "7", "0x7f.0.0.1", "127.0.0.010" (octal), "[::1]:80" and "::1%eth0" are addresses too.</summary>
    private static bool IsAddress(string text) => IPAddress.TryParse(text, out var address) && (text.Contains(':')
        ? !text.AsSpan().ContainsAnyExcept(s_ofIPv6) && (!text.Contains('.') || IsAddress(text[(text.LastIndexOf(':') + 1)..]))
        : address.ToString() == text);

    internal sealed class Request(Call call, ApiCaller caller) : ApiRequest(call, caller)
    {
        public string[]? Asked => List("ip")?.Distinct().ToArray();

        public override bool IsWithinCounts => Asked is not { Length: > MostAddresses };

        public Answer Answer(IpLibrary library) => OpenApiDialect.Ok((Asked: Asked!, library), Write);

        private static void Write(DocumentWriter json, (string[] Asked, IpLibrary Library) it)
        {
            foreach (var address in it.Asked)
            {
                var place = it.Library.Find(IPAddress.Parse(address));
                json.WriteStartObject(address);
                json.WriteString("province", place?.Province ?? "");
                json.WriteString("city", place?.City ?? "");
                json.WriteEndObject();
            }
        }
    }
}
