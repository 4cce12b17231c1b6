using Yaopai.Server.Messages;
using Yaopai.Server.Todos;

namespace Yaopai.Server.Surfaces.WeLink.Todos;

/// <summary>A task that is to be made.</summary>
/// <param name="knowsMore">Whether an address for desktops and a kind of business are read.</param>
internal sealed class AddRequest(Incoming incoming, TodoKit kit, string[] required, bool knowsMore) : TodoRequest(incoming, kit, required)
{
    private const int LongestName = 128, LongestTitle = 256, LongestText = 1024, LongestCode = 64;

    private static readonly string[] s_names =
        ["appName", "userNameCn", "userNameEn", "applicantUserNameCn", "applicantUserNameEn", "applicantUserId", "applicantId"];

    private static readonly string[] s_flags = ["", "0", "1", "true", "false"];

    /// <summary>Under its name, and under the one that it had before.</summary>
    public override string this[string name] =>
        name is "detailsUrl" && base["detailsUrl"] is "" ? base["detailUrl"] : base[name];

    /// <summary>The first that is there and cannot be used.</summary>
    public string? Malformed => Checks.FirstOrDefault(check => !check.Holds).Name;

    private IEnumerable<(string Name, bool Holds)> Checks =>
    [
        ("taskId or userId", AreIdsSound),
        ("taskTitle", this["taskTitle"].Length <= LongestTitle),
        ("taskDesc", IsScalar("taskDesc") && this["taskDesc"].Length <= LongestText),
        ("detailsUrl", Urls.IsSound(this["detailsUrl"])),
        .. s_names.Select(name => (name, IsScalar(name) && this[name].Length <= LongestName)),
        ("isMsg", IsScalar("isMsg") && s_flags.Contains(this["isMsg"])),
        ("isShowApplicantUserName", IsScalar("isShowApplicantUserName") && s_flags.Contains(this["isShowApplicantUserName"])),
        ("detailsUrlPc", IsScalar("detailsUrlPc") && (DesktopUrl is "" || Urls.IsOfWeb(DesktopUrl))),
        ("businessCode", IsScalar("businessCode") && BusinessCode.Length <= LongestCode && BusinessCode.All(char.IsAsciiLetterOrDigit)),
    ];

    private string DesktopUrl => knowsMore ? this["detailsUrlPc"] : "";

    private string BusinessCode => knowsMore ? this["businessCode"] : "";

    private bool TellsMember => this["isMsg"] is "1" or "true";

    private TodoText Text => new()
    {
        Title = this["taskTitle"],
        Description = this["taskDesc"],
        AppName = this["appName"],
        DetailsUrl = this["detailsUrl"],
        DesktopUrl = DesktopUrl,
        BusinessCode = BusinessCode,
        Applicant = new(
            this["applicantUserId"], new(this["applicantUserNameCn"], this["applicantUserNameEn"]), this["applicantId"],
            IsShown: this["isShowApplicantUserName"] is not ("0" or "false")),
    };

    public async ValueTask<bool> IsForMemberAsync() => (await Todos.Members.ReachableAsync(TenantId, [this["userId"]], Call.Ct)).Count == 1;

    /// <summary>A task that its member cannot be told of, where they are to be told, is not made.</summary>
    public async ValueTask<bool> TryAddAsync()
    {
        var name = new TodoName(this["userNameCn"], this["userNameEn"]);
        if (await Todos.Lists.AddAsync(Key, Granted.AppId, Text, name, Call.Ct) is not { } todo)
            return false;

        Todo = todo;
        var isTold = false;
        try
        {
            return isTold = !TellsMember || await TryTellAsync();
        }
        finally
        {
            if (!isTold)
                await Todos.Lists.TryRemoveAsync(TenantId, Granted.AppId, TaskId, this["userId"], CancellationToken.None);
        }
    }

    private async Task<bool> TryTellAsync()
    {
        var (title, content) = (BilingualOf(Todo.Text.Title), BilingualOf(Todo.Text.Description));
        var draft = new Draft(TenantId, Granted.AppId, MessageKind.Card)
        {
            Owner = Todo.Text.AppName,
            Title = title,
            Content = content,
            Details = Encoded(Todo.Text.DetailsUrl),
        };
        return await Todos.Messenger.SendAsync(draft, Recipients.Of([this["userId"]]), Call.Ct) is not null;
    }

    /// <summary>A task has its texts as they are: one that only looks like two languages is told like that.</summary>
    private static Bilingual BilingualOf(string text) => Bilingual.Parse(text) ?? new Bilingual(text, text);

    private static string Encoded(string url) => System.Text.Encoding.UTF8.GetString(Gateway.Json.Write(url, static (json, url) =>
    {
        json.WriteString("urlType", "html");
        json.WriteString("urlPath", url);
    }));
}
