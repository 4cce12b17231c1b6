using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.OpenApi;

public sealed class AdmissionTests(SharedServer shared) : AdmissionContract<OpenApiCalls>(shared);

public sealed class NetworkPolicyTests(NetworkPolicyContract<OpenApiCalls>.Fixture fixture) : NetworkPolicyContract<OpenApiCalls>(fixture);

public sealed class QuotaTests(ServerFixture fixture) : QuotaContract<OpenApiCalls>(fixture);

public sealed class OutageTests(OwnPostgres postgres) : OutageContract<OpenApiCalls>(postgres);

public sealed class MalformedRequestTests(SharedServer shared) : MalformedRequestContract<OpenApiCalls>(shared);
