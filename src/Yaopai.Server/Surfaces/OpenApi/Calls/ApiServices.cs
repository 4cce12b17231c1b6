using Microsoft.Extensions.Options;
using Yaopai.Server.Apps;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.OpenApi.Calls;

/// <summary>What letting a caller in works with.</summary>
internal sealed record ApiServices(
    Admission Admission, OpenCredentials Credentials, SigningSecrets Secrets, Quotas Quotas, IUsedCodeStore Used, ICallIdStore CallIds, IAppClock Clock,
    TimeProvider Time, IOptions<OpenApiOptions> Options);
