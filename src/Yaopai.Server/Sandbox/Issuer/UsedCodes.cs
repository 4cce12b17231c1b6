using Yaopai.Server.Credentials;
using Yaopai.Server.OAuth;

namespace Yaopai.Server.Sandbox.Issuer;

/// <summary>Uses codes before the app does, as a thief would who was quicker.</summary>
internal sealed class UsedCodes(SurfaceProfiles profiles, CredentialReader reader, CodeUse codes)
{
    public async Task UseAsync(string text, CancellationToken ct)
    {
        foreach (var profile in profiles.All)
        {
            if ((await reader.ReadAsync(profile.Credentials, text, ct)).Credential is { Kind: CredentialKind.Code } code)
                await codes.TryUseAsync(code, ct);
        }
    }
}
