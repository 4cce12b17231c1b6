using Yaopai.Tests.Http;
using Yaopai.Tests.Surfaces.Contract;

namespace Yaopai.Tests.Surfaces.Identity.WeChat;

public sealed class AdmissionTests(SharedServer shared) : AdmissionContract<WeChatCalls>(shared);

public sealed class NetworkPolicyTests(NetworkPolicyContract<WeChatCalls>.Fixture fixture)
    : NetworkPolicyContract<WeChatCalls>(fixture);

public sealed class QuotaTests(ServerFixture fixture) : QuotaContract<WeChatCalls>(fixture);

public sealed class FailureTests(FailureContract<WeChatCalls>.Fixture fixture) : FailureContract<WeChatCalls>(fixture);

public sealed class OutageTests(OwnPostgres postgres) : OutageContract<WeChatCalls>(postgres);

public sealed class MalformedRequestTests(SharedServer shared) : MalformedRequestContract<WeChatCalls>(shared);
