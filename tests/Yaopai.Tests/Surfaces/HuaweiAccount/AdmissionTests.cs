using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.HuaweiAccount;

/// <summary>Who is not let in: HTTP 403, decided before the operation looks at anything else.</summary>
public sealed class AdmissionTests(SharedServer shared) : AdmissionContract<HuaweiAccountCalls>(shared);

public sealed class NetworkPolicyTests(NetworkPolicyContract<HuaweiAccountCalls>.Fixture fixture)
    : NetworkPolicyContract<HuaweiAccountCalls>(fixture);
