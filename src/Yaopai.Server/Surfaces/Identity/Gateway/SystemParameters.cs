using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>What every gateway call carries beside its own parameters: in query, form or JSON body, or else in a header.</summary>
internal static class SystemParameters
{
    public const string Format = "format";
    public const string RequestId = "requestid";

    private static readonly (string Name, string Header)[] s_headers =
    [
        ("appid",               "X-Api-Appid"),
        ("datetime",            "X-Api-Datetime"),
        (Format,                "X-Api-Format"),
        ("signtype",            "X-Api-Signtype"),
        (GatewaySignature.Name, "X-Api-Signature"),
        (RequestId,             "X-Api-Requestid"),
        ("nonce",               "X-Api-Nonce"),
        ("access_key",          "X-Api-Access-Key"),
    ];

    /// <summary>What a request says when it is sent, and not what it asks for.</summary>
    private static readonly HashSet<string> s_ofSending = ["datetime", "signtype", GatewaySignature.Name, RequestId, "nonce", "nonce_str"];

    /// <summary>The parameter, or the header of its name where the parameter is absent.</summary>
    public static string Read(Call call, string name)
    {
        if (call.Parameters[name] is { Length: > 0 } value)
            return value;

        foreach (var (known, header) in s_headers)
        {
            if (known == name)
                return call.Http.Request.Headers[header].ToString();
        }

        return "";
    }

    /// <summary>Everything that is signed, whichever way it came.</summary>
    public static List<KeyValuePair<string, string>> AllOf(Call call)
    {
        List<KeyValuePair<string, string>> all = [.. call.Parameters.Items.Where(one => one.Value is not "")];
        foreach (var (name, header) in s_headers)
        {
            if (call.Parameters[name] is "" && call.Http.Request.Headers[header].ToString() is { Length: > 0 } value)
                all.Add(new(name, value));
        }

        return all;
    }

    /// <summary>What two sendings of one request have in common, by name.</summary>
    public static IEnumerable<KeyValuePair<string, string>> ContentOf(Call call) =>
        AllOf(call).Where(one => !s_ofSending.Contains(one.Key)).OrderBy(one => one.Key, StringComparer.Ordinal);
}
