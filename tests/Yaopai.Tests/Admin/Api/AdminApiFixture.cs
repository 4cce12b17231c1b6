using Yaopai.Server.Administration;
using Yaopai.Tests.Http;

namespace Yaopai.Tests.Admin.Api;

/// <summary>A server with an admin key of each role.</summary>
public sealed class AdminApiFixture : ServerFixture
{
    private readonly Dictionary<AdminRole, AdminCaller> _callers = [];

    internal AdminCaller Owner => Of(AdminRole.Owner);

    internal AdminCaller Of(AdminRole role) => _callers[role];

    protected override (string Key, string Value)[] Settings => [("Admin:FailuresPerAddress", "1000000")];

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        foreach (var role in Enum.GetValues<AdminRole>())
            _callers[role] = await AdminCaller.OfAsync(Server, role);
    }
}
