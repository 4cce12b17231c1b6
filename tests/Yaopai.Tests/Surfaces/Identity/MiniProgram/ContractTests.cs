using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.Identity.MiniProgram;

public sealed class AdmissionTests(SharedServer shared) : AdmissionContract<MiniCalls>(shared);

public sealed class NetworkPolicyTests(NetworkPolicyContract<MiniCalls>.Fixture fixture) : NetworkPolicyContract<MiniCalls>(fixture);

public sealed class QuotaTests(ServerFixture fixture) : QuotaContract<MiniCalls>(fixture);

public sealed class FailureTests(FailureContract<MiniCalls>.Fixture fixture) : FailureContract<MiniCalls>(fixture);

public sealed class OutageTests(OwnPostgres postgres) : OutageContract<MiniCalls>(postgres);

public sealed class MalformedRequestTests(SharedServer shared) : MalformedRequestContract<MiniCalls>(shared);
