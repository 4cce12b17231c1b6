using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.WeLink;

public sealed class AdmissionTests(SharedServer shared) : AdmissionContract<WeLinkCalls>(shared);

public sealed class NetworkPolicyTests(NetworkPolicyContract<WeLinkCalls>.Fixture fixture) : NetworkPolicyContract<WeLinkCalls>(fixture);

public sealed class QuotaTests(ServerFixture fixture) : QuotaContract<WeLinkCalls>(fixture);

public sealed class FailureTests(FailureContract<WeLinkCalls>.Fixture fixture) : FailureContract<WeLinkCalls>(fixture);

public sealed class OutageTests(OwnPostgres postgres) : OutageContract<WeLinkCalls>(postgres);

public sealed class MalformedRequestTests(SharedServer shared) : MalformedRequestContract<WeLinkCalls>(shared);
