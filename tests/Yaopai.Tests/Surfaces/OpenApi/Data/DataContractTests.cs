using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.OpenApi.Data;

public sealed class DataAdmissionTests(SharedServer shared) : AdmissionContract<DataCalls>(shared);

public sealed class DataNetworkPolicyTests(NetworkPolicyContract<DataCalls>.Fixture fixture) : NetworkPolicyContract<DataCalls>(fixture);

public sealed class DataRateTests(ServerFixture fixture) : QuotaContract<DataCalls>(fixture);

public sealed class DataMalformedRequestTests(SharedServer shared) : MalformedRequestContract<DataCalls>(shared);
