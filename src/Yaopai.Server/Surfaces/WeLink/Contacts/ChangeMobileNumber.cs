using Yaopai.Server.Gateway;
using Yaopai.Server.Organisations;
using C = Yaopai.Errors.WeLinkErrors.Contact;

namespace Yaopai.Server.Surfaces.WeLink.Contacts;

/// <summary>PUT /api/contact/v1/user/mobilenumber — gives a person another number, and the account to sign in with, too.</summary>
internal sealed record ChangeMobileNumber(ContactKit Kit) : IOperationDefinition
{
    internal static readonly Rule<Request>[] Rules =
    [
        new(C.ParameterMissing, x => x.NamesById, why: _ => "userId or corpUserId is needed"),
        new(C.ParameterMissing, x => x.HasNumber, why: _ => "mobileNumber is empty"),
        new(C.ParameterMalformed, x => x.NamesAreTexts, why: _ => "userId, corpUserId and mobileNumber are texts"),
        new(C.ParameterMalformed, x => x.NamesAreShort, why: _ => $"an id has {PersonRequest.LongestId} characters at most"),
        new(C.ParameterMalformed, x => x.Number is not null, why: _ => "mobileNumber is not like +86-13900000000"),
        .. ContactRules.PersonIsThere<Request>(),
        new(C.MobileNumberTaken, x => x.ChangeAsync(), why: _ => "the number is another person's"),
        new(C.MobileNumberChangesThrottled, x => x.Outcome is not MemberOutcome.MobileChangedTooOften,
            why: x => $"{x.Person.UserId} changed it {MobileNumber.MostChanges} times within {MobileNumber.Window.TotalHours} hours"),
    ];

    public IOperation Define() => WeLinkRules.Operation(
        Kit.Calls, Modules.ContactSync, "ChangeMobileNumber", "PUT", ParameterSource.QueryOrJson,
        incoming => new Request(incoming, Kit), Rules,
        // somebody may have removed the person at this moment
        x => ValueTask.FromResult(x.Outcome is MemberOutcome.Missing ? Answer.Refusal(C.DataMissing) : WeLinkDialect.Ok()));

    internal sealed class Request(Incoming incoming, ContactKit kit) : PersonRequest(incoming, kit)
    {
        public bool HasNumber => this["mobileNumber"] is not "" || !IsScalar("mobileNumber");

        public string? Number => MobileNumber.Read(this["mobileNumber"]) is { } number ? MobileNumber.Write(number) : null;

        public MemberOutcome Outcome { get; private set; }

        public async ValueTask<bool> ChangeAsync()
        {
            Outcome = await Contacts.Members.ChangeMobileAsync(TenantId, Person.UserId, Number!, Now, Call.Ct);
            return Outcome is not MemberOutcome.MobileTaken;
        }
    }
}
