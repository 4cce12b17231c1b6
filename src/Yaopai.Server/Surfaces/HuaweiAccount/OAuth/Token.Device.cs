using Yaopai.Server.Consents;
using Yaopai.Server.Credentials;
using Yaopai.Server.Gateway;

namespace Yaopai.Server.Surfaces.HuaweiAccount.OAuth;

// The grant of a device that shows a user code and polls: what its rules ask of the request.
internal static partial class Token
{
    internal sealed partial class Request
    {
        public DeviceAuthorization Device { get; private set; } = null!;

        public bool IsWithinPolls => services.Devices.IsWithinPolls(CredentialRealm.HuaweiAccount, Device);

        public async ValueTask<bool> OpenDeviceCodeAsync()
        {
            var (_, credential) = await services.Reader.OpenAsync(this["code"], call.Ct);
            Code = credential!;
            return credential is { Kind: CredentialKind.DeviceCode };
        }

        /// <summary>Finds what came of the device code, and counts the poll. False when nothing is kept of it.</summary>
        public async ValueTask<bool> PollAsync()
        {
            Device = (await services.Devices.PollAsync(Code, call.Ct))!;
            return Device is not null;
        }

        /// <summary>Takes the tokens' turn. As with a code, not for a request that a later rule refuses.</summary>
        /// <remarks>Polls of one device may overlap, so the loser does not take the winner's tokens with it.</remarks>
        public async ValueTask<bool> ClaimDeviceAsync()
        {
            Code = DeviceAuthorizations.Grant(Code, Device);
            GrantHolds = await services.Reader.GrantHoldsAsync(Code, call.Ct);
            if (!GrantHolds || !GroupIsThere)
                return Device.State is not DeviceState.Taken;

            await PrepareIdTokenAsync(Code);
            return await services.Devices.TryTakeAsync(Device, call.Ct);
        }

        public Answer AnswerDevice()
        {
            var (access, refresh) = services.Issuer.Pair(Code);
            return Tokens(Code, access, refresh, nonce: "", WantsGroup, services.Identifiers.OpenId(App!.Id, Code.AccountId));
        }
    }
}
