using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>POST /gateway/phone/change — gives a person another bound number, with their Access Key.</summary>
internal sealed record ChangePhone(GatewayKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        .. GatewayRules.NamesUser<Request>(),
        .. GatewayRules.IsAlive<Request>(),
        .. GatewayRules.ShowsAccessKey<Request>(),
        new(E.Gateway.ParameterMissing,  x => x["phone"] is not "", why: _ => "phone is missing"),
        new(E.User.PhoneNumberMalformed, x => x.Number is not null),
        new(E.User.PhoneNumberTaken,     x => x.IsFreeAsync()),
        new(E.User.PhoneNumberTaken,     x => x.TryChangeAsync(), why: _ => "somebody else took it at this moment"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "ChangePhone", writes: true,
        GatewayRules.Rows(E.Common.OpenIdUnknown, E.User.UserRecycled, E.User.PhoneNumberMalformed, E.User.PhoneNumberTaken),
        (call, target, trouble) => new Request(call, Kit, target, trouble), Rules,
        x => ValueTask.FromResult(IdentityDialect.Gateway(x.Call, (x.Kit.Users, x.App, x.Changed), UserDocument.Write)));

    internal sealed class Request(Call call, GatewayKit kit, string target, Failure? trouble) : UserRequest(call, kit, target, trouble)
    {
        public NewPhoneNumber? Number => field ??= Phones.Read(this["phone"]);

        public Account Changed { get; private set; } = null!;

        public async ValueTask<bool> IsFreeAsync() =>
            await Phones.FindAsync(Kit.Users.Accounts, Number!, Call.Ct) is not { } holder || holder.Id == User.Id;

        /// <summary>The number before goes. Nobody has proved that the new one can be reached.</summary>
        public async ValueTask<bool> TryChangeAsync()
        {
            var bound = new PhoneNumber(
                AccountFormats.NewId(), Number!.CallingCode, Number.National, Number.Region, IsBound: true, VerifiedAt: null);
            Changed = (await Kit.Users.Accounts.ChangeAsync(
                User.Id, user => user with { Phones = [bound, .. user.Phones.Where(phone => !(phone.IsBound || Number.Is(phone)))] },
                Call.Ct))!;
            return Changed is not null;
        }
    }
}
