using Yaopai.Server.Accounts;
using Yaopai.Server.Gateway;
using E = Yaopai.Errors.IdentityErrors;

namespace Yaopai.Server.Surfaces.Identity.Gateway;

/// <summary>POST /gateway/user/create — makes a person, whom the app knows from then on.</summary>
/// <remarks>Without a password nobody signs in with one until it is set.</remarks>
internal sealed record CreateUser(GatewayKit Kit, PasswordHashing Hashing) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(E.Gateway.ParameterMissing,  x => AccountFormats.IsName(x["name"]), why: _ => "name has 1 to 64 characters"),
        new(E.Gateway.ParameterMissing,  x => x["password"] is "" || x.PasswordFault is null,
            why: x => x.PasswordFault is PasswordFault.Length
                ? $"password has {Passwords.Shortest} to {Passwords.Longest} characters"
                : "password is easily guessed"),
        .. UserFields.Rules<Request>(),
        new(E.User.PhoneNumberMalformed, x => x["phone"] is "" || x.Number is not null),
        new(E.User.PhoneNumberTaken,     x => x.IsNumberFreeAsync()),
        new(E.Gateway.ParameterMissing,  x => x.IsNameFreeAsync(), why: _ => "name is somebody's already"),
        new(E.Gateway.Internal,          x => x.TryCreateAsync(), why: _ => "somebody else took the name or the number at this moment"),
    ];

    public IOperation Define() => GatewayRules.Operation(
        "CreateUser", writes: true, GatewayRules.Rows(E.User.PhoneNumberMalformed, E.User.PhoneNumberTaken),
        (call, target, trouble) => new Request(call, this, target, trouble), Rules,
        x => ValueTask.FromResult(IdentityDialect.Gateway(x.Call, (x.Kit.Users, x.App, x.Created), UserDocument.Write)));

    internal sealed class Request(Call call, CreateUser operation, string target, Failure? trouble)
        : GatewayRequest(call, operation.Kit, target, trouble)
    {
        private IAccountStore Accounts => Kit.Users.Accounts;

        public NewPhoneNumber? Number => field ??= Phones.Read(this["phone"]);

        public PasswordFault? PasswordFault => field ??= Passwords.FaultOf(this["password"], this["name"], this["phone"]);

        public Account Created { get; private set; } = null!;

        /// <summary>Free, too, where this request took it before its node was lost.</summary>
        public async ValueTask<bool> IsNumberFreeAsync() =>
            Number is null || await Phones.FindAsync(Accounts, Number, Call.Ct) is not { } holder || holder.Id == SubjectId;

        public async ValueTask<bool> IsNameFreeAsync() =>
            await Accounts.FindByNameAsync(this["name"], Call.Ct) is not { } holder || holder.Id == SubjectId;

        public async ValueTask<bool> TryCreateAsync()
        {
            var password = this["password"] is { Length: > 0 } given ? given : Passwords.Generate();
            if (await operation.Hashing.HashAsync(password, Call.Ct) is not { } hash)
                return false;

            Created = UserFields.Apply(this, new Account
            {
                Id = SubjectId,
                Name = this["name"],
                PasswordHash = hash,
                Region = "CN",
                Phones = Number is { } number
                    ? [new PhoneNumber(AccountFormats.NewId(), number.CallingCode, number.National, number.Region, IsBound: true, null)]
                    : [],
                CreatedAt = Now,
            });
            return await Kit.Users.TryCreateAsync(App, Created, Now, Call.Ct) || await WasCreatedBeforeAsync();
        }

        private async ValueTask<bool> WasCreatedBeforeAsync() => await Accounts.FindAsync(SubjectId, Call.Ct) is { } before
            && (Created = before) is not null;
    }
}
