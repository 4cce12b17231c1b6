using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http.Features;
using Yaopai.Server.Gateway;
using Yaopai.Server.Sandbox.Issuer;

namespace Yaopai.Server.Sandbox;

/// <summary>Spoils the bytes of an answer.</summary>
internal static class AnswerFaults
{
    private static readonly byte[] s_page =
        "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head><body><h1>502 Bad Gateway</h1></body></html>\n"u8.ToArray();

    /// <summary>What would have been sent: the response has its status and headers by then.</summary>
    public static async Task<byte[]> BodyOfAsync(HttpContext http, Func<ValueTask> writeAsync)
    {
        var sends = http.Features.GetRequiredFeature<IHttpResponseBodyFeature>();
        using var body = new MemoryStream();
        var kept = new StreamResponseBodyFeature(body);
        http.Features.Set<IHttpResponseBodyFeature>(kept);
        try
        {
            await writeAsync();
            await kept.CompleteAsync();
        }
        finally
        {
            http.Features.Set(sends);
        }

        return body.ToArray();
    }

    /// <summary>The body with all that is wrong with it.</summary>
    public static byte[] Spoil(HttpContext http, IOperation operation, byte[] body, IEnumerable<Fault> faults, DateTimeOffset now)
    {
        foreach (var fault in faults)
            body = Spoil(http, operation, body, fault, now);

        return body;
    }

    /// <summary>Sends it: in full, or as the fault has it.</summary>
    public static async Task SendAsync(HttpContext http, byte[] body, Fault? how)
    {
        switch (how?.Kind)
        {
            case FaultKind.Truncated or FaultKind.ResetAfter:
                await ConnectionFaults.WriteHalfAsync(http, body, resets: how.Kind is FaultKind.ResetAfter);
                break;
            case FaultKind.SlowBody:
                await ConnectionFaults.WriteSlowlyAsync(http, body, how.Delay);
                break;
            case FaultKind.DuplicateAnswer:
                await ConnectionFaults.WriteTwiceAsync(http, body);
                break;
            default:
                http.Response.ContentLength = body.Length;
                await http.Response.Body.WriteAsync(body, http.RequestAborted);
                break;
        }
    }

    public static bool IsOfSending(Fault fault) =>
        fault.Kind is FaultKind.Truncated or FaultKind.ResetAfter or FaultKind.SlowBody or FaultKind.DuplicateAnswer;

    /// <summary>A fault strikes where there is something of the kind.</summary>
    private static byte[] Spoil(HttpContext http, IOperation operation, byte[] body, Fault fault, DateTimeOffset now)
    {
        switch (fault.Kind)
        {
            case FaultKind.Html when fault.TryStrike(now):
                http.Response.ContentType = "text/html";
                return s_page;
            case FaultKind.EmptyBody when fault.TryStrike(now):
                return [];
            case FaultKind.WrongContentType when fault.TryStrike(now):
                http.Response.ContentType = "text/plain";
                return body;
            default:
                return ReadObject(body) is { } json && JsonFaults.Fits(fault.Kind, operation, json) && fault.TryStrike(now)
                    ? JsonFaults.Change(fault.Kind, json)
                    : body;
        }
    }

    private static JsonObject? ReadObject(byte[] body)
    {
        try
        {
            return JsonNode.Parse(body) as JsonObject;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
