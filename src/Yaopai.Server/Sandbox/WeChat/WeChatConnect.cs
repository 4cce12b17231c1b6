using Yaopai.Server.Gateway;
using Yaopai.Server.Pages;

namespace Yaopai.Server.Sandbox.WeChat;

/// <summary>GET …/connect/oauth2/authorize and …/connect/qrconnect: asks who the person is, and sends them on with a code.</summary>
internal sealed class WeChatConnect(WeChatMemory memory)
{
    private static readonly string[] s_scopes = ["snsapi_base", "snsapi_userinfo", "snsapi_login"];

    public async Task AnswerAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var account = WeChatPeople.FindAccount(query["appid"]);
        var scope = query["scope"].ToString();
        if (account is null || query["response_type"] != "code" || !s_scopes.Contains(scope)
            || !Uri.TryCreate(query["redirect_uri"], UriKind.Absolute, out var back) || back.Scheme is not ("https" or "http"))
        {
            await Problem.Invalid("appid, redirect_uri (http or https), response_type=code, and scope: "
                + $"{string.Join(", ", s_scopes)}.").WriteAsync(http.Response);
            return;
        }

        if (WeChatPeople.Find(query["user"]) is not { } person)
        {
            PageHeaders.Write(http.Response.Headers);
            var asked = QueryString.Create(query.Where(pair => pair.Key is not "user"));
            await http.WritePageAsync<WeChatPeoplePage, WeChatChoice>(new(
                [.. WeChatPeople.All.Select(one => (one.Nickname, one.Name, $"{asked}&user={one.Name}"))]));
            return;
        }

        var code = memory.Issue(WeChatHandle.PageCode, account, person, scope, WeChatApi.CodeLifetime);
        var (joint, state) = (back.Query is "" ? '?' : '&', Uri.EscapeDataString(query["state"].ToString()));
        http.Response.Redirect($"{back.GetLeftPart(UriPartial.Query)}{joint}code={code}&state={state}");
    }
}
