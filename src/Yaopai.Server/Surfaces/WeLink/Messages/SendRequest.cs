using System.Text;
using Yaopai.Server.Gateway;
using Yaopai.Server.Messages;
using Yaopai.Server.OAuth;
using Yaopai.Server.Organisations;

namespace Yaopai.Server.Surfaces.WeLink.Messages;

/// <summary>A message that is to be sent, and what the rules have loaded for it so far.</summary>
internal sealed class SendRequest(Incoming incoming, MessageKit kit, MessageForm form) : MessageRequest(incoming, kit)
{
    private const string ToNamed = "0", ToAll = "2";
    private const int LongestName = 64, LongestStatus = 512, LargestDetails = 16 * 1024;

    /// <summary>What may be left out, but is no list and no object where it is there.</summary>
    private static readonly string[] s_scalars =
    [
        "publicAccID", "msgRange", "msgTitle", "msgContent", "urlType", "urlPath", "desktopUrlPath", "msgOwner", "createTime",
        "msgDisplayMode", "isForceTips", "messageStatus", "statusColor", "jumpUrl",
    ];

    private static readonly string[] s_flags = ["", "0", "1", "true", "false"];

    private Bilingual? _title, _content;
    private IReadOnlySet<string> _reached = new HashSet<string>();
    private Message? _sent;

    public string AccountId => this["publicAccID"];

    public bool HasAccount => AccountId is not "";

    public bool NamesRecipients => IsToAll || Users.Length > 0 || Departments.Length > 0 || Roles.Length > 0;

    public string? Missing => form.Required.FirstOrDefault(name => name is "news" ? !Body.Has(name) : this[name] is "");

    /// <summary>The first that is there and cannot be used.</summary>
    public string? Malformed => Checks.FirstOrDefault(check => !check.Holds).Name;

    public bool AreFew => Users.Length <= Recipients.MostUsers && Departments.Length + Roles.Length < Recipients.MostAudiences;

    /// <summary>Those who get nothing: nobody has the id, or their member is closed.</summary>
    private IEnumerable<string> Failed => Users.Where(user => !_reached.Contains(user));

    private bool IsToAll => this["msgRange"] is ToAll;

    private string[] Users { get; } = ListOf(incoming.Call.Body, "toUserList");

    // Followers are named one by one, or all together.
    private string[] Departments { get; } =
        form == MessageForm.OfAccount ? [] : ListOf(incoming.Call.Body, "departmentList");

    private string[] Roles { get; } = form == MessageForm.OfAccount ? [] : ListOf(incoming.Call.Body, "roleList");

    /// <summary>In the order of the document.</summary>
    private IEnumerable<(string Name, bool Holds)> Checks =>
    [
        .. s_scalars.Select(name => (name, IsScalar(name))),
        ("msgRange", this["msgRange"] is "" or ToNamed || (IsToAll && (form != MessageForm.ToUsers))),
        ("toUserList", IsListIfAny("toUserList")),
        ("departmentList", IsListIfAny("departmentList") && Departments.All(IsNumber)),
        ("roleList", IsListIfAny("roleList") && Roles.All(IsNumber)),
        ("msgTitle", (_title = Bilingual.Parse(this["msgTitle"])) is not null),
        ("msgContent", (_content = Bilingual.Parse(this["msgContent"])) is not null),
        ("urlType", this["urlType"] is "" or "html" or "h5" or "wecode"),
        ("urlPath", IsUrlIfAny("urlPath")),
        ("desktopUrlPath", IsUrlIfAny("desktopUrlPath")),
        ("msgOwner", this["msgOwner"].Length <= LongestName),
        ("createTime", this["createTime"] is "" || Times.Read(this["createTime"]) is not null),
        ("msgDisplayMode", s_flags.Contains(this["msgDisplayMode"])),
        ("isForceTips", s_flags.Contains(this["isForceTips"])),
        ("messageStatus", this["messageStatus"].Length <= LongestStatus),
        ("statusColor", this["statusColor"].Length <= LongestName),
        ("content", form.IsSound(this)),
        ("details", Encoding.UTF8.GetByteCount(Details) <= LargestDetails),
    ];

    private string Details => Encoding.UTF8.GetString(Json.Write((Body, form.Kept), static (json, it) =>
    {
        foreach (var name in it.Kept.Where(it.Body.Has))
        {
            if (it.Body.Objects(name) is { } list)
            {
                json.WriteStartArray(name);
                foreach (var one in list)
                    json.WriteRawValue(one.Raw);
                json.WriteEndArray();
            }
            else
            {
                json.WriteString(name, it.Body.Scalar(name));
            }
        }
    }));

    public bool IsUrlIfAny(string name) => this[name] is "" || Urls.IsSound(this[name]);

    /// <summary>True where the member is absent, too.</summary>
    public bool HasObjects(string name, int most) => !Body.Has(name) || Body.Objects(name) is { } list && list.Count <= most;

    public async ValueTask<bool> AccountExistsAsync() => !HasAccount
        || (UserIds.IsPossible(AccountId) && await Messages.Accounts.FindAsync(TenantId, AccountId, Call.Ct) is not null);

    /// <summary>Whether all who are named may be written to in this name.</summary>
    public async ValueTask<bool> AllFollowAsync()
    {
        var possible = IsToAll ? [] : Users.Where(UserIds.IsPossible).ToArray();
        _reached = HasAccount
            ? await Messages.Follows.AmongAsync(TenantId, AccountId, possible, Call.Ct)
            : await Messages.Recipients.ReachableAsync(TenantId, possible, Call.Ct);
        return !HasAccount || IsToAll || !Failed.Any();
    }

    public string WhyNotFollowing() => $"{string.Join(", ", Failed.Take(5))} do not follow '{AccountId}'";

    /// <summary>A message that reaches nobody is sent, too: its answer says who they are.</summary>
    public async ValueTask<bool> TrySendAsync()
    {
        var recipients = new Recipients(
            [.. _reached],
            IsToAll
                ? [HasAccount ? Audience.FollowersOf(AccountId) : Audience.Members]
                : [.. Departments.Select(AudienceOfDepartment), .. Roles.Select(role => AudienceOf(AudienceKind.Role, role))]);
        if (recipients is { UserIds.Count: 0, Audiences.Count: 0 })
            return true;

        var draft = new Draft(TenantId, Granted.AppId, form.Kind)
        {
            PublicAccountId = HasAccount ? AccountId : null,
            Owner = this["msgOwner"],
            Title = _title!,
            Content = _content!,
            Status = new(this["messageStatus"], this["statusColor"]),
            Details = Details,
        };
        return (_sent = await Messages.Messenger.SendAsync(draft, recipients, Call.Ct)) is not null;
    }

    /// <param name="namesFailed">Whether it says who got nothing.</param>
    public Answer Answer(bool namesFailed) => WeLinkDialect.Ok((Sent: _sent, Failed: namesFailed ? Failed : null), static (json, it) =>
    {
        if (it.Sent is { } sent)
            json.WriteString("itemId", $"{sent.Id}"); // to change it and take it back by; the document says no other way to know it
        if (it.Failed is not { } failed)
            return;

        json.WriteStartArray("failedUserId");
        foreach (var user in failed)
            json.WriteStringValue(user);
        json.WriteEndArray();
    });

    private static Audience AudienceOfDepartment(string code) => ClientId.Number(code) is Department.Root
        ? Audience.Members
        : AudienceOf(AudienceKind.Department, code);

    /// <summary>As readers are looked up: a number has one spelling.</summary>
    private static Audience AudienceOf(AudienceKind kind, string number) => new(kind, $"{ClientId.Number(number)}");

    private static bool IsNumber(string text) => ClientId.Number(text) is not null;

    private static string[] ListOf(JsonBody body, string name) =>
        [.. (body.Scalars(name) ?? []).Where(one => one is not "").Distinct(StringComparer.Ordinal)];

    private bool IsListIfAny(string name) => !Body.Has(name) || Body.Scalars(name) is not null;
}
