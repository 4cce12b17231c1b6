using Yaopai.Server.Organisations;
using Yaopai.Server.Upstreams.WeChat;

namespace Yaopai.Server.Sandbox;

/// <summary>Who plays the demo data: the apps, the people and the organisations, under ids of their own.</summary>
internal sealed record DemoCast
{
    /// <summary>An organisation, and what follows the @ in the ids of its people.</summary>
    internal sealed record Organisation(long Id, string Domain)
    {
        public string UserIdOf(string name) => Member.UserIdOf(name, Domain);
    }

    /// <summary>In the order of the demo's: the first two are of one developer.</summary>
    public required IReadOnlyList<DemoData.DemoApp> Apps { get; init; }

    public required IReadOnlyList<DemoData.DemoUser> Users { get; init; }

    public required long GroupId { get; init; }

    public required Organisation Welink { get; init; }

    public required Organisation Stranger { get; init; }

    /// <summary>What the first app is at WeChat.</summary>
    public required IReadOnlyList<WeChatAccount> WeChat { get; init; }

    public long IdOf(string role) => Users.Single(user => user.Role == role).Id;
}
