using Yaopai.Errors;
using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;
using Yaopai.Tests.Surfaces.WeLink.Attendance;
using Yaopai.Tests.Surfaces.WeLink.Auth;
using Yaopai.Tests.Surfaces.WeLink.Contacts;
using Yaopai.Tests.Surfaces.WeLink.Knowledge;
using Yaopai.Tests.Surfaces.WeLink.Marketplace;
using Yaopai.Tests.Surfaces.WeLink.Messages;
using Yaopai.Tests.Surfaces.WeLink.Recognition;
using Yaopai.Tests.Surfaces.WeLink.Todos;
using E = Yaopai.Errors.WeLinkErrors;

namespace Yaopai.Tests.Surfaces.WeLink;

/// <summary>For each operation of WeLink a call that succeeds: a list a part of the platform.</summary>
public sealed class WeLinkCalls : SurfaceCalls
{
    private static readonly GoodCall[] s_all =
    [
        .. AuthCalls.All, .. ContactCalls.All, .. ProvisioningCalls.All, .. MessageCalls.All, .. TodoCalls.All, .. KnowledgeCalls.All,
        .. AttendanceCalls.All, .. RecognitionCalls.All, .. MarketplaceCalls.All,
    ];

    internal override string Slug => "welink";

    internal override string Section => "Surfaces:WeLink";

    internal override IReadOnlyList<GoodCall> All => s_all;

    /// <summary>The two have no operation in common.</summary>
    internal override string UndocumentedFor(GoodCall call) =>
        call.Name is "Token" ? E.Gateway.AppNotIsv.Number : E.OAuth.CodeExpired.Number;

    internal override ErrorDefinition OkOf(GoodCall call) => call.Name switch
    {
        "Token" or "RegisterApp" => E.OAuth.Ok,
        "CheckInMember" or "ListRecords" or "ListRecordsByTime" => E.Attendance.Ok,
        _ => E.Gateway.Ok,
    };

    internal override async Task ShouldSucceedAsync(GoodCall call, HttpResponseMessage response)
    {
        if (call.IsOfBrowsers)
        {
            Assert.Equal(302, (int)response.StatusCode);
            Assert.Contains("code=", response.Headers.Location!.OriginalString);
            Assert.DoesNotContain("message=", response.Headers.Location!.OriginalString);
        }
        else if (call.Name is "DownloadFile")
        {
            Assert.Equal(200, (int)response.StatusCode);
            Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        }
        else if (call.Name is "MarketCallback")
        {
            await response.ShouldSayAsync("000000"); // in the words of the marketplace
        }
        else
        {
            await response.ShouldServeWeLinkAsync(OkOf(call), TodoCalls.MessageOf(call));
        }
    }

    /// <summary>A call with the app's own token.</summary>
    internal static GoodCall OfApp(string name, Func<WeLinkCaller, Task<HttpResponseMessage>> callAsync, params string[] tables) =>
        new(name, async (server, app) =>
        {
            var caller = await WeLinkCaller.OfAppAsync(server, app);
            return () => callAsync(caller);
        })
        {
            Target = TargetOf(name),
            Tables = tables,
        };

    /// <summary>A call with the token of a member who administers the organisation.</summary>
    internal static GoodCall OfUser(string name, Func<WeLinkCaller, Task<HttpResponseMessage>> callAsync, params string[] tables) =>
        new(name, async (server, app) =>
        {
            var caller = await WeLinkCaller.OfUserAsync(server, app: app);
            return () => callAsync(caller);
        })
        {
            Target = TargetOf(name),
            Tables = tables,
        };

    internal static string TargetOf(string name) => $"welink.{char.ToLowerInvariant(name[0])}{name[1..]}";
}
