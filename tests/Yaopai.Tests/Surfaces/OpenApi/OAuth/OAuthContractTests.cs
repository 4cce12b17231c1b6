using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.OpenApi.OAuth;

public sealed class OAuthAdmissionTests(SharedServer shared) : AdmissionContract<OAuthCalls>(shared);

public sealed class OAuthNetworkPolicyTests(NetworkPolicyContract<OAuthCalls>.Fixture fixture) : NetworkPolicyContract<OAuthCalls>(fixture);

public sealed class OAuthQuotaTests(ServerFixture fixture) : QuotaContract<OAuthCalls>(fixture);

public sealed class OAuthFailureTests(FailureContract<OAuthCalls>.Fixture fixture) : FailureContract<OAuthCalls>(fixture);

public sealed class OAuthOutageTests(OwnPostgres postgres) : OutageContract<OAuthCalls>(postgres);

public sealed class OAuthMalformedRequestTests(SharedServer shared) : MalformedRequestContract<OAuthCalls>(shared);
