using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.Identity;

public sealed class AdmissionTests(SharedServer shared) : AdmissionContract<IdentityCalls>(shared);

public sealed class NetworkPolicyTests(NetworkPolicyContract<IdentityCalls>.Fixture fixture)
    : NetworkPolicyContract<IdentityCalls>(fixture);

public sealed class QuotaTests(ServerFixture fixture) : QuotaContract<IdentityCalls>(fixture);

public sealed class FailureTests(FailureContract<IdentityCalls>.Fixture fixture) : FailureContract<IdentityCalls>(fixture);

public sealed class OutageTests(OwnPostgres postgres) : OutageContract<IdentityCalls>(postgres);

public sealed class MalformedRequestTests(SharedServer shared) : MalformedRequestContract<IdentityCalls>(shared);
